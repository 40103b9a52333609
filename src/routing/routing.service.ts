/** Where a message goes: from a player to its host, from a host to all its players or to those with one id. */
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../config/relay-options.js';
import { HostMessage } from '../protocol/host-message.js';
import { StampedMessage } from '../protocol/player-message.js';
import type { Violation } from '../protocol/violation.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';

/**
 * Runs for every message, so it holds one reader for each direction and allocates nothing of its own. Both
 * calls return before the payload is used again: whoever is sent a message copies it at once.
 */
@Injectable()
export class RoutingService {
  private readonly fromPlayer: StampedMessage;
  private readonly fromHost = new HostMessage();

  constructor(options: RelayOptions) {
    this.fromPlayer = new StampedMessage(options.maxDepth);
  }

  /** Player to host (P1). What the player did wrong is returned, and nothing was forwarded. */
  forward(player: Player, payload: Buffer): Violation | undefined {
    const violation = this.fromPlayer.read(payload);
    if (violation !== undefined) return violation;
    player.room.host.send(this.fromPlayer.stampWith(player.stamp));
    return undefined;
  }

  /**
   * Host to all its players (H1), or to those that the message names (H2). Nothing a host sends is wrong.
   *
   * Returns how many were sent the message.
   */
  deliver(room: Room, payload: Buffer, isBinary: boolean): number {
    const message = this.fromHost.read(payload, isBinary);
    if (message.receiver === undefined) {
      room.broadcast.toAll(message);
      return room.players.size;
    }
    const receivers = message.receiver === null ? [] : room.playersWith(message.receiver);
    for (const player of receivers) room.broadcast.toOne(player, message);
    return receivers.length;
  }
}

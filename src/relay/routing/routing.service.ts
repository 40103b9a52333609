/** Where a message goes: from a player to its host, from a host to all its players or to those with one id. */
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { HostMessage } from '../protocol/host-message.js';
import type { Message } from '../protocol/message.js';
import { StampedMessage } from '../protocol/player-message.js';
import type { Violation } from '../protocol/violation.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import { Traffic } from './traffic.js';

/**
 * Runs for every message, so it holds one reader for each direction and allocates nothing itself. Both
 * calls return before the payload is used again: each receiver copies a message at once.
 */
@Injectable()
export class RoutingService {
  private readonly fromPlayer: StampedMessage;
  private readonly fromHost = new HostMessage();

  constructor(
    options: RelayOptions,
    private readonly traffic: Traffic,
  ) {
    this.fromPlayer = new StampedMessage(options.maxDepth);
  }

  /** Player to host (P1). What the player did wrong is returned, and nothing was forwarded. */
  forward(player: Player, payload: Buffer): Violation | undefined {
    const violation = this.fromPlayer.read(payload);
    if (violation !== undefined) return violation;
    const { room } = player;
    const message = this.fromPlayer.stampWith(player.stamp);
    this.traffic.forwarded(payload.length, message.byteLength);
    room.counts.fromPlayer(payload.length);
    room.inspector?.look(player, payload);
    room.observer?.toHost(message);
    room.host.send(message);
    message.forget();
    return undefined;
  }

  /**
   * Host to all its players (H1), or to those that the message names (H2). Nothing a host sends is wrong.
   *
   * Returns how many were sent the message.
   */
  deliver(room: Room, payload: Buffer, isBinary: boolean): number {
    const message = this.fromHost.read(payload, isBinary);
    room.counts.fromHost(payload.length, message.isMisread);
    room.inspector?.look(room.host, payload);
    room.observer?.fromHost(payload, isBinary);
    const receivers =
      message.receiver === undefined
        ? this.broadcast(room, message)
        : this.unicast(room, message, message.receiver);
    message.forget();
    return receivers;
  }

  private broadcast(room: Room, message: Message): number {
    const { size } = room.players;
    this.traffic.broadcasted(message.byteLength, size);
    room.broadcast.toAll(message);
    return size;
  }

  private unicast(room: Room, message: Message, receiver: string | null): number {
    const receivers = receiver === null ? [] : room.playersWith(receiver);
    this.traffic.unicasted(message.byteLength, receivers.length, receiver !== null);
    if (receivers.length === 0) room.counts.missed(receiver);
    room.broadcast.toSome(receivers, message);
    return receivers.length;
  }
}

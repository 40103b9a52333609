/** Where a message goes: from a player to its host, from a host to all its players or to those with one id. */
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { HostMessage } from '../protocol/host-message.js';
import type { Message } from '../protocol/message.js';
import { StampedMessage } from '../protocol/player-message.js';
import type { Violation } from '../protocol/violation.js';
import type { Player } from '../rooms/player.js';
import { LARGE, type Room } from '../rooms/room.js';
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
    this.traffic.player.sizes.add(payload.length);
    this.traffic.forward.count(payload.length, 1, message.byteLength);
    room.count(payload.length);
    if (payload.length > LARGE) room.largeMessages++;
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
    this.traffic.host.sizes.add(payload.length);
    room.count(payload.length);
    if (message.isMisread) room.misreadReceivers++;
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
    const { broadcast, undeliverable } = this.traffic;
    broadcast.count(message.byteLength, size, message.byteLength);
    if (size === 0) undeliverable.noPlayers++;
    room.broadcast.toAll(message);
    return size;
  }

  private unicast(room: Room, message: Message, receiver: string | null): number {
    const receivers = receiver === null ? [] : room.playersWith(receiver);
    const { unicast, undeliverable } = this.traffic;
    unicast.count(message.byteLength, receivers.length, message.byteLength);
    room.broadcast.toSome(receivers, message);
    if (receiver === null) {
      undeliverable.receiverNotText++;
      room.receiversNotText++;
    } else if (receivers.length === 0) {
      undeliverable.noSuchPlayer++;
      room.countAbsent(receiver);
    }
    return receivers.length;
  }
}

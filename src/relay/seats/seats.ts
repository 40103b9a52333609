/** The seats of all rooms of this node, and what is kept for those who may come back. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import { Streams } from '../rooms/streams/streams.js';
import type { GivenUp, SeatListener } from './arrival.js';
import { HostSeats } from './host-seats.js';
import { PlayerSeats } from './player-seats.js';

/** Bytes of the name of a stream: it only has to differ from other names of the same seat. */
const NAME_LENGTH = 6;

@Injectable()
export class Seats implements SeatListener {
  readonly streams = new Streams(() => randomBytes(NAME_LENGTH).toString('base64url'));
  readonly players: PlayerSeats;
  readonly hosts: HostSeats;
  private readonly listeners: SeatListener[] = [];

  constructor(
    private readonly directory: RoomDirectory,
    options: RelayOptions,
  ) {
    this.players = new PlayerSeats(this.streams, options.maxPlayerOutbox, this);
    this.hosts = new HostSeats(directory, this.streams, options, this);
  }

  get keptBytes(): number {
    return this.streams.keptBytes;
  }

  listen(listener: SeatListener): void {
    this.listeners.push(listener);
  }

  gaveUp(seat: GivenUp): void {
    for (const listener of this.listeners) listener.gaveUp(seat);
  }

  /** The relay stops: no host comes back. */
  shutdown(): void {
    for (const room of [...this.directory.rooms]) if (room.isHostAway) room.host.end('shutdown');
  }

  /** Lets `seconds` pass. */
  beat(seconds: number): void {
    this.directory.beat(seconds);
    this.streams.beat();
  }

  forget(excess: number): number {
    return this.streams.forget(excess);
  }
}

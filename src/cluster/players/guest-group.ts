/** The players of one room that are on one other node. */
import type { Message } from '../../relay/protocol/message.js';
import type { Ending } from '../../relay/rooms/endings.js';
import type { Player } from '../../relay/rooms/player.js';
import type { Outpost, Room } from '../../relay/rooms/room.js';
import { Seat } from '../../relay/rooms/seat.js';
import type { PlayerSeats, SeatWish } from '../../relay/seats/player-seats.js';
import { Guest } from './guest.js';
import type { Link } from '../link/link.js';
import type { Settling } from '../link/link-context.js';
import { joinedBody, toSomeBody } from '../link/record-bodies.js';
import { RecordType } from '../link/record.js';
import { factsBody } from '../link/room-facts.js';

/**
 * A broadcast crosses to a node once: the room gives the same bytes to each of its players, so those on one node
 * are counted until something else comes, and the bytes leave with the numbers of their receivers, or with none if
 * all of them are.
 */
export class GuestGroup implements Settling, Outpost {
  private readonly guests = new Set<Guest>();
  private isHeld = false;
  private frames: Buffer | undefined;
  private receivers: Guest[] = [];
  /** Whether the other node has to learn what is known of the room. */
  private isStale = false;

  /** @param ref the number of the room on this link. */
  constructor(
    readonly room: Room,
    readonly ref: number,
    private readonly link: Link,
    private readonly seats: PlayerSeats,
    private readonly gone: (guest: Guest) => void,
  ) {}

  get isEmpty(): boolean {
    return this.guests.size === 0;
  }

  /**
   * Seats a player; its node learns of it in the stream itself, in front of everything that is meant for it (B3).
   *
   * @param own the seat that it comes back to, if to any.
   */
  join(ref: number, wish: SeatWish, own: Player | undefined): Guest {
    this.settle();
    const guest = new Guest(ref, this);
    this.guests.add(guest);
    this.link.records.bytes(RecordType.Joined, ref, joinedBody(this.ref, this.isHeld, this.room));
    const { clientId, asked } = wish;
    // The stream is where the connection is.
    const seat = asked && new Seat(asked.key, true);
    guest.player =
      own === undefined ? this.room.join(clientId, guest, seat) : this.seats.hand(own, guest, wish);
    return guest;
  }

  /** The player, or its node, is gone. */
  leave(guest: Guest): void {
    this.settle();
    if (!this.guests.delete(guest)) return;
    this.gone(guest);
    if (guest.player !== undefined) this.room.leave(guest.player, guest);
  }

  end(guest: Guest, ending: Ending): void {
    this.part(guest, RecordType.Ended, ending);
  }

  /** Another connection has its place: its node knows whether that goes on with the same stream. */
  giveWay(guest: Guest, stream: string): void {
    this.part(guest, RecordType.Taken, stream);
  }

  sendTo(guest: Guest, message: Message): void {
    if (!this.guests.has(guest)) return;
    this.settle();
    this.link.records.message(RecordType.ToOne, guest.ref, message);
  }

  sendFrames(guest: Guest, frames: Buffer): void {
    if (!this.guests.has(guest)) return;
    if (this.frames !== frames) {
      this.settle();
      this.frames = frames;
      this.link.settleLater(this);
    }
    this.receivers.push(guest);
  }

  hold(): void {
    if (this.isHeld) return;
    this.isHeld = true;
    this.link.records.bytes(RecordType.Hold, this.ref, NOTHING);
  }

  release(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.link.records.bytes(RecordType.Release, this.ref, NOTHING);
  }

  hostChanged(): void {
    this.isStale = true;
    this.link.settleLater(this);
  }

  settle(): void {
    this.settleFrames();
    if (!this.isStale) return;
    this.isStale = false;
    this.link.records.bytes(RecordType.Facts, this.ref, factsBody(this.room));
  }

  private part(guest: Guest, type: RecordType, text: string): void {
    if (!this.guests.has(guest)) return;
    this.settle();
    this.link.records.bytes(type, guest.ref, Buffer.from(text));
    this.leave(guest);
  }

  private settleFrames(): void {
    const { frames, receivers } = this;
    if (frames === undefined) return;
    this.frames = undefined;
    this.receivers = [];
    const { records } = this.link;
    if (receivers.length === this.guests.size) records.bytes(RecordType.ToAll, this.ref, frames);
    else if (receivers.length === 1) records.bytes(RecordType.ToOne, receivers[0]!.ref, frames);
    else records.bytes(RecordType.ToSome, this.ref, toSomeBody(receivers, frames));
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

/** The host's side of a seat: it takes its room back, and its room waits for it (R22 to R28). */
import { HOST_AWAY, hostBack, hostWelcome, playerAway } from '../protocol/relay-words.js';
import { connectNotice } from '../protocol/notices.js';
import type { RoomDirectory } from '../rooms/room-directory.js';
import { type RoomRules, plainRules } from '../rooms/room-rules.js';
import type { Room } from '../rooms/room.js';
import { type Asked, Seat } from '../rooms/seat.js';
import type { Streams } from '../rooms/streams/streams.js';
import { AbsentPeer } from './absent-peer.js';
import { type Arrival, type Former, type SeatListener, givenUp } from './arrival.js';
import { displace } from './displace.js';
import { Returns } from './returns.js';

/** What a host asks of the relay. Seconds are as it wishes. */
export interface HostAsked extends Asked {
  readonly grace?: number | undefined;
  readonly hold?: number | undefined;
  readonly unique?: boolean | undefined;
  /** What becomes of its players when it comes back as a new stream. */
  readonly players?: 'keep' | undefined;
}

/** The most that is granted, in seconds, and what hosts get that have not asked. */
export interface SeatLimits {
  readonly maxGrace: number;
  readonly maxHold: number;
  readonly grace: number;
  /** Bytes that may wait for a host. */
  readonly maxHostOutbox: number;
}

export class HostSeats {
  readonly returns = new Returns();

  constructor(
    private readonly directory: RoomDirectory,
    private readonly streams: Streams,
    private readonly limits: SeatLimits,
    private readonly listener: SeatListener,
  ) {}

  /** Whether the key in the login is that of the room (R23). */
  isOwner(room: Room, asked: HostAsked | undefined): boolean {
    return asked?.key !== undefined && asked.key === room.hostSeat?.key;
  }

  /** The host has just opened the room. */
  open(room: Room, peer: Arrival, asked: HostAsked | undefined): void {
    room.rules = this.rulesFor(asked);
    if (asked === undefined) return;
    const seat = (room.hostSeat = new Seat(asked.key, true));
    this.begin(seat, asked);
    this.welcome(room, peer, seat, undefined);
  }

  /**
   * The room is the arrival's from now on. False if the room was closed by what that caused.
   *
   * @param self the arrival, as a backend knows it.
   */
  takeBack(room: Room, peer: Arrival, asked: HostAsked, self: Former): boolean {
    const seat = (room.hostSeat ??= new Seat(asked.key, true));
    this.letGo(room, seat, asked, self);
    if (!this.isOpen(room)) return false;
    const wasAway = seat.isAway;
    const missed = seat.resume(asked);
    this.returns.count(missed);
    room.rules = this.rulesFor(asked);
    if (missed === undefined) this.beginAgain(room, seat, asked, self);
    if (!this.isOpen(room)) return false;
    seat.awayFor = undefined;
    this.welcome(room, peer, seat, missed);
    room.changeHost(peer);
    if (missed === undefined) this.introduce(room);
    if (wasAway || missed === undefined) room.tell(hostBack(missed !== undefined));
    room.holdForHost(false);
    return true;
  }

  /** The host's connection is lost. Whether the room waits for it. */
  lose(room: Room, former: Former): boolean {
    const { hostSeat: seat } = room;
    if (seat === undefined || room.rules.hold === 0) return false;
    room.holdForHost(true);
    seat.awayFor = 0;
    room.changeHost(this.absent(room, seat, former));
    room.tell(HOST_AWAY);
    return true;
  }

  /** The host goes on at another node: the room ends here, and its code is free (R29). */
  yield(room: Room, { stream }: HostAsked): void {
    displace(room.host, room.hostSeat?.stream, stream);
  }

  private isOpen(room: Room): boolean {
    return this.directory.find(room.serverCode) === room;
  }

  private letGo(room: Room, seat: Seat, { stream }: HostAsked, next: Former): void {
    const former = room.host;
    room.changeHost(this.absent(room, seat, next));
    displace(former, seat.stream, stream);
  }

  /** It is a game that knows nothing: its players go, unless it asks for them (R26). */
  private beginAgain(room: Room, seat: Seat, asked: HostAsked, next: Former): void {
    seat.begin(undefined);
    room.changeHost(this.absent(room, seat, next));
    // What the host said in this very turn still reaches them (E3).
    room.broadcast.flush();
    if (asked.players !== 'keep') for (const { peer } of [...room.players]) peer.end('host-left');
    this.begin(seat, asked);
  }

  private begin(seat: Seat, { key }: HostAsked): void {
    if (key !== undefined) seat.begin(this.streams.open(this.limits.maxHostOutbox));
  }

  private introduce(room: Room): void {
    for (const player of room.players) {
      room.host.send(connectNotice(player.clientId));
      if (player.isAway) room.host.send(playerAway(player.clientId));
    }
  }

  private absent(room: Room, seat: Seat, former: Former): AbsentPeer {
    return new AbsentPeer(seat.stream, (peer, ending) => {
      if (room.host !== peer) return;
      this.directory.close(room, ending);
      this.listener.gaveUp({ ...givenUp(former, ending), serverCode: room.serverCode, clientId: undefined });
    });
  }

  private rulesFor(asked: HostAsked | undefined): RoomRules {
    const { maxGrace, maxHold, grace } = this.limits;
    if (asked === undefined) return plainRules(grace);
    return {
      hasAsked: true,
      grace: Math.min(asked.grace ?? 0, maxGrace),
      hold: asked.key === undefined ? 0 : Math.min(asked.hold ?? 0, maxHold),
      unique: asked.unique ?? false,
    };
  }

  private welcome(
    { serverCode, rules }: Room,
    peer: Arrival,
    { stream }: Seat,
    missed?: readonly Buffer[],
  ): void {
    const { grace, hold, unique } = rules;
    const resumed = missed !== undefined;
    const words = hostWelcome({
      server_code: serverCode,
      ...{ stream: stream?.name, resumed, got: stream?.taken ?? 0, grace, hold, unique },
    });
    peer.welcome(words, stream, missed ?? []);
  }
}

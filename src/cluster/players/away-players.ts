/** The players of this node in rooms of one other node. */
import { ENDINGS, type Ending } from '../../relay/rooms/endings.js';
import type { Player } from '../../relay/rooms/player.js';
import type { Turn } from '../../relay/rooms/turn.js';
import type { BackboneCounters } from '../../relay/session/backbone-counters.js';
import type { Link } from '../link/link.js';
import { type JoinedBody, framesIn, readJoinedBody, readToSomeBody } from '../link/record-bodies.js';
import { GarbledError, RecordType } from '../link/record.js';
import { readFactsBody } from '../link/room-facts.js';
import { RemoteRoom } from './remote-room.js';
import type { PendingSeat, PendingSeats } from './pending-seats.js';
import type { StandIns } from './stand-ins.js';

/** One end of a link: what comes from the hosts on the other node, and what goes to them. */
export class AwayPlayers {
  private readonly rooms = new Map<number, RemoteRoom>();
  /** The room of each player by the player's number. */
  private readonly seats = new Map<number, RemoteRoom>();

  constructor(
    private readonly link: Link,
    private readonly turn: Turn,
    private readonly pending: PendingSeats,
    private readonly standIns: StandIns,
    private readonly counters: BackboneCounters,
  ) {}

  joined(ref: number, body: Buffer): void {
    const joined = readJoinedBody(body);
    const join = this.pending.take(ref);
    // No login waits any more: the seat is given back.
    if (join === undefined) return this.link.records.bytes(RecordType.Gone, ref, NOTHING);
    try {
      join.answer(this.seat(ref, join, joined));
    } catch (error) {
      join.answer('link-lost');
      throw error;
    }
  }

  toAll(roomRef: number, frames: Buffer): void {
    const messages = framesIn(frames);
    for (const { peer } of this.rooms.get(roomRef)?.players ?? []) peer.sendFrames(frames, messages);
  }

  toSome(body: Buffer): void {
    const { refs, frames } = readToSomeBody(body);
    const messages = framesIn(frames);
    for (const ref of refs) this.playerWith(ref)?.peer.sendFrames(frames, messages);
  }

  toOne(ref: number, frames: Buffer): void {
    this.playerWith(ref)?.peer.sendFrames(frames, framesIn(frames));
  }

  ended(ref: number, body: Buffer): void {
    const name = body.toString();
    const ending = Object.hasOwn(ENDINGS, name) ? (name as Ending) : 'host-left';
    this.seats.get(ref)?.endPlayer(ref, ending);
  }

  taken(ref: number, body: Buffer): void {
    this.seats.get(ref)?.giveWay(ref, body.toString());
  }

  learn(roomRef: number, body: Buffer): void {
    this.rooms.get(roomRef)?.learn(readFactsBody(body));
  }

  hold(roomRef: number): void {
    this.rooms.get(roomRef)?.hold();
  }

  release(roomRef: number): void {
    this.rooms.get(roomRef)?.release();
  }

  lost(ending: Ending): void {
    for (const room of [...this.rooms.values()]) room.linkLost(ending);
  }

  /** The other node does not keep up with what the players here send: they are not read until it does (B11). */
  starved(isStarved: boolean): void {
    for (const room of this.rooms.values()) room.starved(isStarved);
  }

  private seat(ref: number, { serverCode, player }: PendingSeat, joined: JoinedBody): Player {
    const room = this.rooms.get(joined.ref) ?? this.addRoom(serverCode, joined.ref);
    if (room.serverCode !== serverCode) throw new GarbledError('a seat in the room of another code');
    room.learn(joined.facts);
    const seated = player.seatIn(room);
    room.admit(ref, seated);
    this.seats.set(ref, room);
    this.counters.visitors++;
    if (joined.isHeld) room.hold();
    return seated;
  }

  private playerWith(ref: number): Player | undefined {
    return this.seats.get(ref)?.find(ref);
  }

  private addRoom(serverCode: string, ref: number): RemoteRoom {
    const room = new RemoteRoom(serverCode, ref, this.turn, this.link, {
      unseated: (playerRef) => this.unseated(playerRef),
      emptied: () => this.emptied(room),
    });
    this.rooms.set(ref, room);
    this.standIns.add(room);
    return room;
  }

  private emptied(room: RemoteRoom): void {
    this.rooms.delete(room.ref);
    this.standIns.delete(room);
  }

  private unseated(playerRef: number): void {
    if (this.seats.delete(playerRef)) this.counters.visitors--;
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

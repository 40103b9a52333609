/** The players of this node in rooms of one other node. */
import { countFrames } from '../protocol/frame.js';
import { ENDINGS, type Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import type { Turn } from '../rooms/turn.js';
import type { BackboneCounters } from './backbone-counters.js';
import type { Link } from './link/link.js';
import { readJoinedBody, readToSomeBody } from './link/record-bodies.js';
import { RecordType } from './link/record.js';
import { StandInRoom } from './stand-in-room.js';
import type { WaitingJoins } from './waiting-joins.js';

/** One end of a link: what comes from the hosts on the other node, and what goes to them. */
export class Visits {
  private readonly rooms = new Map<number, StandInRoom>();
  /** The room of each player by the player's number. */
  private readonly seats = new Map<number, StandInRoom>();

  constructor(
    private readonly link: Link,
    private readonly turn: Turn,
    private readonly waiting: WaitingJoins,
    private readonly counters: BackboneCounters,
  ) {}

  joined(ref: number, body: Buffer): void {
    const join = this.waiting.take(ref);
    // Nobody waits any more: the seat is given back.
    if (join === undefined) return this.link.records.bytes(RecordType.Gone, ref, NOTHING);
    const { room: roomRef, isHeld } = readJoinedBody(body);
    const room = this.rooms.get(roomRef) ?? this.addRoom(join.serverCode, roomRef);
    const player = room.seat(ref, join.clientId, join.peer);
    this.seats.set(ref, room);
    this.counters.visitors++;
    if (isHeld) room.hold();
    join.answer(player);
  }

  toAll(roomRef: number, frames: Buffer): void {
    const messages = countFrames(frames);
    for (const { peer } of this.rooms.get(roomRef)?.players ?? []) peer.sendFrames(frames, messages);
  }

  toSome(body: Buffer): void {
    const { refs, frames } = readToSomeBody(body);
    const messages = countFrames(frames);
    for (const ref of refs) this.playerWith(ref)?.peer.sendFrames(frames, messages);
  }

  toOne(ref: number, frames: Buffer): void {
    this.playerWith(ref)?.peer.sendFrames(frames, countFrames(frames));
  }

  ended(ref: number, body: Buffer): void {
    const name = body.toString();
    const ending = name in ENDINGS ? (name as Ending) : 'host-left';
    const player = this.playerWith(ref);
    if (player !== undefined) this.seats.get(ref)?.end(player, ending);
  }

  hold(roomRef: number): void {
    this.rooms.get(roomRef)?.hold();
  }

  release(roomRef: number): void {
    this.rooms.get(roomRef)?.release();
  }

  lost(ending: Ending): void {
    for (const room of [...this.rooms.values()]) room.lost(ending);
  }

  /** The other node does not keep up with what the players here send: they are not read until it does (B11). */
  starved(isStarved: boolean): void {
    for (const room of this.rooms.values()) room.starved(isStarved);
  }

  private playerWith(ref: number): Player | undefined {
    return this.seats.get(ref)?.find(ref);
  }

  private addRoom(serverCode: string, ref: number): StandInRoom {
    const room = new StandInRoom(serverCode, ref, this.turn, this.link, {
      unseated: (playerRef) => this.unseated(playerRef),
      emptied: () => this.rooms.delete(ref),
    });
    this.rooms.set(ref, room);
    return room;
  }

  private unseated(playerRef: number): void {
    if (this.seats.delete(playerRef)) this.counters.visitors--;
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

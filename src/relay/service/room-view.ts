/** Rooms and their members as operators see them, at the moment of asking. */
import type { Peer } from '../rooms/peer.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import type { Seat } from '../rooms/seat.js';
import type { Measures } from '../session/measures.js';
import { Session } from '../session/session.js';

/** A connection of this node. */
export interface ConnectionView extends Measures {
  /** Its number in this process, as in the log. */
  readonly connection: number;
  readonly address: string;
  /** What the authorizer of the backend has said of it (L16). */
  readonly context: unknown;
}

export interface PlayerView {
  /** The player's own text: escape it for where it is shown. */
  readonly clientId: string;
  /** Undefined if it is connected to another node, or away. */
  readonly here: ConnectionView | undefined;
  /** Whether its connection is lost, and its seat kept. */
  readonly isAway: boolean;
  /** Seconds until its seat is given up; undefined if it is not away. They stand still while the host is away. */
  readonly secondsLeft: number | undefined;
  /** Bytes that are kept for its return. */
  readonly keptBytes: number;
}

/** A room in a line. Counts rise as long as the room is open: a rate is the difference between two looks. */
export interface RoomView {
  /** The host's own text. */
  readonly serverCode: string;
  readonly openedAt: Date;
  /** Those that are away among them. */
  readonly playerCount: number;
  /** Players whose connections are lost, and whose seats are kept. */
  readonly playersAway: number;
  /** Whether the room waits for its host, whose connection is lost. */
  readonly isHostAway: boolean;
  /** Seconds until the room ends without its host; undefined while that is here. */
  readonly secondsLeft: number | undefined;
  /** Bytes that are kept for its members, should they come back. */
  readonly keptBytes: number;
  /** Messages that its members have sent, and the bytes of their payloads. */
  readonly messages: number;
  readonly bytes: number;
  /** Milliseconds of the slowest member whose round trip is known. */
  readonly worstRoundTrip: number | undefined;
  /** Bytes that wait for its members. */
  readonly waiting: number;
  /** Members that are not read from. */
  readonly paused: number;
}

export interface RoomDetails extends RoomView {
  /** Undefined if it is away. */
  readonly host: ConnectionView | undefined;
  readonly players: readonly PlayerView[];
}

export function viewOf(room: Room): RoomView {
  const { serverCode, openedAt, players, isHostAway, hostSeat, rules } = room;
  const { messages, bytes } = room.counts;
  let waiting = 0;
  let paused = 0;
  let keptBytes = keptIn(hostSeat);
  let worstRoundTrip: number | undefined;
  for (const { seat } of players) keptBytes += keptIn(seat);
  for (const peer of membersOf(room)) {
    // A peer of another node has no session here.
    if (!(peer instanceof Session)) continue;
    const { queuedBytes, isHeld, lastRoundTrip = -1 } = peer.connection;
    waiting += queuedBytes;
    if (isHeld) paused++;
    if (lastRoundTrip > (worstRoundTrip ?? -1)) worstRoundTrip = lastRoundTrip;
  }
  const sizes = { playerCount: players.size, playersAway: room.playersAway.size };
  const absence = { isHostAway, secondsLeft: secondsLeft(hostSeat, rules.hold), keptBytes };
  return { serverCode, openedAt, ...sizes, ...absence, messages, bytes, worstRoundTrip, waiting, paused };
}

export function playerViewOf({ clientId, peer, isAway, seat, room }: Player): PlayerView {
  const left = secondsLeft(seat, room.rules.grace);
  return { clientId, here: connectionOf(peer), isAway, secondsLeft: left, keptBytes: keptIn(seat) };
}

function keptIn(seat: Seat | undefined): number {
  return seat?.stream?.tail.keptBytes ?? 0;
}

function secondsLeft(seat: Seat | undefined, most: number): number | undefined {
  return seat?.awayFor === undefined ? undefined : Math.max(0, most - seat.awayFor);
}

function* membersOf({ host, players }: Room): Iterable<Peer> {
  yield host;
  for (const { peer } of players) yield peer;
}

export function connectionOf(peer: Peer): ConnectionView | undefined {
  if (!(peer instanceof Session)) return undefined;
  const { connection, context } = peer;
  return { connection: connection.id, address: connection.remoteAddress, context, ...connection.measure() };
}

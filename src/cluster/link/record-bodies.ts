/** The bytes of records. Those that come were written by another process. */
import { countFrames } from '../../relay/protocol/frame.js';
import { GarbledError } from './record.js';
import { type RoomFacts, factsBody, readFactsBody } from './room-facts.js';

const REF_LENGTH = 4;

/** What the node of a player learns when the player has joined a room on another node. */
export interface JoinedBody {
  /** The number of the room. */
  readonly ref: number;
  readonly isHeld: boolean;
  readonly facts: RoomFacts;
}

/** The number of the room, and whether its players are held. */
const JOINED_HEAD = 5;

export function joinedBody(ref: number, isHeld: boolean, facts: RoomFacts): Buffer {
  const head = Buffer.allocUnsafe(JOINED_HEAD);
  head.writeUInt32LE(ref);
  head[4] = isHeld ? 1 : 0;
  return Buffer.concat([head, factsBody(facts)]);
}

/** @throws {GarbledError} for bytes that {@link joinedBody} has not made. */
export function readJoinedBody(body: Buffer): JoinedBody {
  if (body.length < JOINED_HEAD) throw new GarbledError(`a seat in ${body.length} bytes`);
  const facts = readFactsBody(body.subarray(JOINED_HEAD));
  return { ref: body.readUInt32LE(0), isHeld: body[4] === 1, facts };
}

/** Frames for some of a room's players. */
export interface ToSomeBody {
  readonly refs: readonly number[];
  readonly frames: Buffer;
}

export function toSomeBody(receivers: readonly { readonly ref: number }[], frames: Buffer): Buffer {
  const body = Buffer.allocUnsafe(4 + receivers.length * 4 + frames.length);
  let at = body.writeUInt32LE(receivers.length);
  for (const { ref } of receivers) at = body.writeUInt32LE(ref, at);
  body.set(frames, at);
  return body;
}

/** @throws {GarbledError} for bytes that {@link toSomeBody} has not made. */
export function readToSomeBody(body: Buffer): ToSomeBody {
  const count = body.length < REF_LENGTH ? Infinity : body.readUInt32LE(0);
  const end = REF_LENGTH + count * REF_LENGTH;
  if (end > body.length) throw new GarbledError(`${count} receivers in ${body.length} bytes`);
  const refs: number[] = [];
  for (let at = REF_LENGTH; at < end; at += REF_LENGTH) refs.push(body.readUInt32LE(at));
  return { refs, frames: body.subarray(end) };
}

/**
 * How many frames a record holds that peers are to get as they are.
 *
 * @throws {GarbledError} for bytes that are not whole frames as a node writes them.
 */
export function framesIn(bytes: Buffer): number {
  const count = countFrames(bytes);
  if (count === undefined) throw new GarbledError('bytes that are not frames');
  return count;
}

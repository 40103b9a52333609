/** The bytes of records, and of the request for a seat. Those that come were written by another process. */
import { LONGEST_ID } from '../../relay/protocol/login.js';
import { countFrames } from '../../relay/protocol/frame.js';
import { isNodeName } from '../broker/names.js';
import { GarbledError } from './record.js';

const REF_LENGTH = 4;

/** What the node of a player learns when the player has joined a room on another node. */
export interface JoinedBody {
  readonly room: number;
  readonly isHeld: boolean;
}

export function joinedBody(room: number, isHeld: boolean): Buffer {
  const body = Buffer.allocUnsafe(5);
  body.writeUInt32LE(room);
  body[4] = isHeld ? 1 : 0;
  return body;
}

/** @throws {GarbledError} for bytes that {@link joinedBody} has not made. */
export function readJoinedBody(body: Buffer): JoinedBody {
  if (body.length !== 5) throw new GarbledError(`a seat in ${body.length} bytes`);
  return { room: body.readUInt32LE(0), isHeld: body[4] === 1 };
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

/** What a node asks of the node that hosts a room: a seat for a player. */
export interface JoinRequest {
  readonly node: string;
  /** The number that the asking node knows the player by. */
  readonly ref: number;
  readonly clientId: string;
}

/** UTF-16, since an id may hold half of a surrogate pair, which UTF-8 cannot say. */
export function joinRequest({ node, ref, clientId }: JoinRequest): Buffer {
  const head = Buffer.allocUnsafe(5);
  head.writeUInt32LE(ref);
  head[4] = node.length;
  return Buffer.concat([head, Buffer.from(node, 'latin1'), Buffer.from(clientId, 'utf16le')]);
}

/** Undefined for bytes that {@link joinRequest} has not made for a player that may log in (L7). */
export function readJoinRequest(bytes: Buffer): JoinRequest | undefined {
  const end = 5 + (bytes[4] ?? 0);
  const idLength = bytes.length - end;
  if (idLength < 2 || idLength > 2 * LONGEST_ID || idLength % 2 !== 0) return undefined;
  const node = bytes.toString('latin1', 5, end);
  const clientId = bytes.toString('utf16le', end);
  if (!isNodeName(node) || Buffer.byteLength(clientId) > LONGEST_ID) return undefined;
  return { ref: bytes.readUInt32LE(0), node, clientId };
}

/** The bytes of those records that hold more than frames. */

/** What a node is told of a player of its own that has joined a room elsewhere. */
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

export function readJoinedBody(body: Buffer): JoinedBody {
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

/** @throws {RangeError} for bytes that {@link toSomeBody} has not made. */
export function readToSomeBody(body: Buffer): ToSomeBody {
  const refs: number[] = [];
  const count = body.readUInt32LE(0);
  for (let i = 0; i < count; i++) refs.push(body.readUInt32LE(4 + i * 4));
  return { refs, frames: body.subarray(4 + count * 4) };
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

/** @throws {RangeError} for bytes that {@link joinRequest} has not made. */
export function readJoinRequest(bytes: Buffer): JoinRequest {
  const end = 5 + bytes.readUInt8(4);
  return {
    ref: bytes.readUInt32LE(0),
    node: bytes.toString('latin1', 5, end),
    clientId: bytes.toString('utf16le', end),
  };
}

/** One buffer that all sockets are read into, one after the other. */
import { Socket } from 'node:net';

/** As many bytes as Node asks a socket for at a time. */
const SIZE = 64 * 1024;

// Node's handles know it by its address alone, so it must never be collected.
const shared = Buffer.allocUnsafeSlow(SIZE);

/**
 * Where Node keeps its option `onread`. Only a socket that connects can be given that; one that was accepted is ours
 * when its handle is made already.
 */
const [BUFFER, CALLBACK] = ['kBuffer', 'kBufferCb'].map((name) =>
  Object.getOwnPropertySymbols(new Socket()).find(({ description }) => description === name),
);

interface Inside {
  [key: symbol]: unknown;
  readonly _handle?: { useUserBuffer?(buffer: Buffer): void } | null;
}

/** Takes the first `length` bytes of the buffer until it returns. It returns whether to go on reading. */
export type Take = (this: Socket, length: number, buffer: Buffer) => boolean;

/**
 * Has a socket read into the shared buffer. Node makes a buffer for each read otherwise, which costs a busy relay a
 * tenth of all it does. To go on reading where `take` has said no, resume the socket.
 *
 * False if that cannot be had: for a stream that is none of Node's sockets, one that other code listens to or that has
 * something left, and a Node that keeps its buffer elsewhere. Then all comes as `data`.
 */
export function shareBuffer(stream: Socket, take: Take): boolean {
  const inside = stream as unknown as Inside;
  if (BUFFER === undefined || CALLBACK === undefined || inside[BUFFER] !== null) return false;
  if (inside._handle?.useUserBuffer === undefined) return false;
  if (stream.listenerCount('data') > 0 || stream.readableLength > 0) return false;
  inside[BUFFER] = shared;
  inside[CALLBACK] = take;
  inside._handle.useUserBuffer(shared);
  return true;
}

/** One buffer that all sockets are read into, one after the other. */
import { Socket } from 'node:net';
import { ownCopy } from '../../rooms/own-copy.js';

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

/**
 * Has a socket read into the shared buffer. Node makes a buffer for each read otherwise, which costs a busy relay a
 * tenth of all it does.
 *
 * `take` is given what has come, and may use it until it returns. What comes while the stream is paused, or behind
 * what was put back into it, comes as `data` when the stream goes on; so does everything if other code listens to that
 * already, and of a stream that is none of Node's sockets.
 */
export function shareBuffer(stream: Socket, take: (chunk: Buffer) => void): void {
  const inside = stream as unknown as Inside;
  if (BUFFER === undefined || CALLBACK === undefined || inside[BUFFER] !== null) return;
  if (inside._handle?.useUserBuffer === undefined || stream.listenerCount('data') > 0) return;
  inside[BUFFER] = shared;
  inside[CALLBACK] = (length: number): boolean => {
    const chunk = shared.subarray(0, length);
    // It tells whether to go on reading.
    if (stream.isPaused() || stream.readableLength > 0) return stream.push(ownCopy(chunk));
    take(chunk);
    return true;
  };
  stream.on('pause', readOn);
  inside._handle.useUserBuffer(shared);
}

/** With `onread` Node does not read a paused socket at all, and would miss that its peer is gone. */
function readOn(this: Socket): void {
  this.read(0);
}

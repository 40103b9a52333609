/** Keeps Node from making errors that no code reads. */
import type { Writable } from 'node:stream';

/**
 * After a peer's goodbye ws ends its receiver three times and the TCP socket twice. To end again does nothing, but
 * Node makes an error of it, with its whole stack, before it finds that no code listens: three for each
 * connection, which is an eighteenth of all that a login and its ending cost.
 */
export function endOnce(stream: Writable): void {
  stream.end = endUnlessEnded;
}

const endUnlessEnded = function (this: Writable, ...all: Parameters<Writable['end']>): Writable {
  if (this.writableEnded) return this;
  // Its own is the one above; this is that of its class.
  return (Object.getPrototypeOf(this) as Writable).end.apply(this, all);
} as Writable['end'];

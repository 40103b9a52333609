// An answer that may never come, since the peer that waits for it has been refused.
import type { Connection } from './connection.js';

/** The answer; rejects if `peer` is closed before it comes. */
export async function orClosed<T>(peer: Connection, answer: Promise<T>): Promise<T> {
  const closed = peer.closed().then(() => {
    throw new Error('closed');
  });
  // Either may come at the end of the test, when the other has been taken.
  for (const promise of [closed, answer]) promise.catch(() => undefined);
  return Promise.race([answer, closed]);
}

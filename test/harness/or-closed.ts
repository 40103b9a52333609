// An answer that may never come, since whoever was to get it has been refused.
import type { Connection } from './connection.js';

/** The answer; rejects if `peer` is closed before it comes. */
export async function orClosed<T>(peer: Connection, answer: Promise<T>): Promise<T> {
  const closed = peer.closed().then(() => {
    throw new Error('closed');
  });
  // It is closed at the end of its test, when nobody waits any more; so may the answer be late.
  for (const promise of [closed, answer]) promise.catch(() => undefined);
  return Promise.race([answer, closed]);
}

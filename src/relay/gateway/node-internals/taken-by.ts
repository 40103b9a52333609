/** Whether a peer takes what was sent. */
import type { Socket } from 'node:net';

/**
 * A number that changes whenever the peer takes something. Node counts a write when all of it is done, which for
 * a full outbox and a slow phone takes longer than a stall may; the handle knows better.
 */
export function takenBy(stream: Socket): number {
  const { _handle: handle } = stream as Socket & { _handle?: { writeQueueSize?: number } | null };
  return stream.bytesWritten - stream.writableLength - (handle?.writeQueueSize ?? 0);
}

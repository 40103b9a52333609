// What Node's own figures do not show: that a peer has taken a part of one large write.
import { afterAll, expect, test, vi } from 'vitest';
import { takenBy } from '../../../../../src/relay/gateway/node-internals/taken-by.js';
import { within } from '../../../../harness/deadline.js';
import { SocketPairs } from '../../../../harness/socket-pairs.js';

const pairs = new SocketPairs();
afterAll(() => pairs.close());

test('the number grows while a peer takes parts of one write, and stays while it takes nothing', async () => {
  const { near, far } = await pairs.tcp();
  far.pause();
  near.write(Buffer.alloc(32 * 1024 * 1024));
  // Until both kernels are full.
  await vi.waitFor(() => expect(isStill(near)).toBe(true), { timeout: 10_000, interval: 50 });
  const before = takenBy(near);
  const written = near.bytesWritten - near.writableLength;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(takenBy(near)).toBe(before);
  const grown = new Promise<void>((resolve) =>
    far.on('data', () => {
      if (takenBy(near) === before) return;
      far.pause();
      resolve();
    }),
  );
  far.resume();
  await within(grown, 'a part that is taken');
  expect(near.bytesWritten - near.writableLength).toBe(written);
  far.destroy();
  near.destroy();
});

let last = -1;

/** Whether the system has taken nothing since the last look. */
function isStill(stream: Parameters<typeof takenBy>[0]): boolean {
  const now = takenBy(stream);
  const isSame = now === last;
  last = now;
  return isSame;
}

// Streams that are ended more than once, as ws ends those of a connection that closes.
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { endOnce } from '../../../../../src/relay/gateway/node-internals/end-once.js';

test('a stream ends at the first call, with the last bytes that it gets', async () => {
  const stream = new PassThrough();
  endOnce(stream);
  expect(stream.end('last')).toBe(stream);
  expect(await text(stream)).toBe('last');
});

test('a second end of a stream makes no error', async () => {
  const ends = vi.spyOn(PassThrough.prototype, 'end');
  const stream = new PassThrough();
  endOnce(stream);
  stream.end();
  await once(stream.resume(), 'end');
  expect(stream.end()).toBe(stream);
  expect(ends).toHaveBeenCalledOnce();
  ends.mockRestore();
});

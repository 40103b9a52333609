// Sockets that are read into one buffer: what comes must come whole and in order, however the reader behaves.
import fc from 'fast-check';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { shareBuffer } from '../../../../../src/relay/gateway/node-internals/shared-buffer.js';
import { within } from '../../../../harness/deadline.js';
import { useSocketPairs } from '../../../../harness/socket-pairs.js';

/** What a reader says of a chunk: whether to go on reading, and if not, when it goes on. */
const READER = ['goes on', 'stops', 'stops and goes on at once'] as const;
type Deed = (typeof READER)[number];

const pairs = useSocketPairs();

/** Reads until the end, and says of each chunk what comes next in `deeds`. */
async function readAll(stream: Socket, deeds: readonly Deed[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  let turn = 0;
  const isShared = shareBuffer(stream, function (length, buffer) {
    expect(this).toBe(stream);
    parts.push(Buffer.from(buffer.subarray(0, length)));
    const deed = deeds[turn++ % deeds.length]!;
    if (deed === 'goes on') return true;
    if (deed === 'stops') setImmediate(() => stream.resume());
    else process.nextTick(() => stream.resume());
    return false;
  });
  expect(isShared).toBe(true);
  stream.resume();
  await once(stream, 'end');
  return Buffer.concat(parts);
}

/** Bytes of which each four tell where they belong. */
function numbered(length: number): Buffer {
  const bytes = Buffer.alloc(length & ~3);
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE(at, at);
  return bytes;
}

describe.each([
  ['TCP', pairs.tcp],
  ['TLS', pairs.tls],
])('over %s', (_name, pair) => {
  test('two sockets receive into the same memory', async () => {
    const memory = new Set<ArrayBufferLike>();
    for (const { near, far } of [await pair(), await pair()]) {
      const came = new Promise<Buffer>((resolve) =>
        shareBuffer(near, (length, buffer) => {
          resolve(buffer.subarray(0, length));
          return true;
        }),
      );
      near.resume();
      far.write('hello');
      const chunk = await within(came, 'what was sent');
      expect(chunk.toString()).toBe('hello');
      memory.add(chunk.buffer);
      far.destroy();
    }
    expect(memory.size).toBe(1);
  });

  test('all bytes arrive in order at a reader that stops and goes on as it likes', async () => {
    const deeds = fc.array(fc.constantFrom(...READER), { minLength: 1, maxLength: 8 });
    const lengths = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(deeds, lengths, async (chosen, pieces) => {
        const { near, far } = await pair();
        const sent = numbered(pieces.reduce((sum, length) => sum + length, 0));
        const read = readAll(near, chosen);
        let at = 0;
        for (const length of pieces) {
          far.write(sent.subarray(at, (at += length)));
          await new Promise((resolve) => setImmediate(resolve));
        }
        far.end();
        expect((await within(read, 'the end')).equals(sent)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('nothing more is read of a stream whose reader has said stop', async () => {
    const { near, far } = await pair();
    let taken = 0;
    shareBuffer(near, (length) => {
      taken += length;
      return false;
    });
    near.resume();
    // Until both kernels have all that they take.
    while (far.writableLength === 0) {
      far.write(Buffer.alloc(64 * 1024));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(taken).toBeLessThanOrEqual(64 * 1024);
    expect(near.readableLength).toBe(0);
    far.destroy();
  });
});

test('a socket that other code listens to is not shared', async () => {
  const { near, far } = await pairs.tcp();
  const came = once(near, 'data');
  expect(shareBuffer(near, () => expect.unreachable())).toBe(false);
  far.write('hello');
  expect(String((await within(came, 'what was sent'))[0])).toBe('hello');
  far.destroy();
});

test('a socket with bytes that were put back into it is not shared', async () => {
  const { near, far } = await pairs.tcp();
  near.unshift(Buffer.from('hello'));
  expect(shareBuffer(near, () => expect.unreachable())).toBe(false);
  expect(String((await within(once(near, 'data'), 'what was put back'))[0])).toBe('hello');
  far.destroy();
});

test('a stream without a socket is not shared', async () => {
  const stream = new PassThrough();
  expect(shareBuffer(stream as unknown as Socket, () => expect.unreachable())).toBe(false);
  const came = once(stream, 'data');
  stream.write('hello');
  expect(String((await came)[0])).toBe('hello');
});

// The sum of what is kept for those who may come back.
import { expect, test } from 'vitest';
import { BATCH_COST } from '../../../../../src/relay/rooms/streams/tail.js';
import { Streams } from '../../../../../src/relay/rooms/streams/streams.js';

let names = 0;
const newStreams = (): Streams => new Streams(() => String(++names));

test('[R17] a stream may keep half of what may wait for its peer', () => {
  const streams = newStreams();
  expect(streams.open(1000).tail.most).toBe(500);
  expect(streams.open(0).tail.most).toBe(Infinity);
});

test('[A11] the largest tails are forgotten first, and no more than has to be', () => {
  const streams = newStreams();
  const [small, large, middle] = [1000, 3000, 2000].map((length) => {
    const stream = streams.open(0);
    stream.tail.add(Buffer.alloc(length), 1);
    return stream;
  });
  expect(streams.keptBytes).toBe(6000 + 3 * BATCH_COST);
  expect(streams.forget(3500)).toBe(5000 + 2 * BATCH_COST);
  expect([small, large, middle].map((stream) => stream!.tail.keptBytes)).toEqual([1000 + BATCH_COST, 0, 0]);
  expect(streams.forget(0)).toBe(0);
  expect(streams.keptBytes).toBe(1000 + BATCH_COST);
});

test('[R19] a stream that has ended keeps nothing', () => {
  const streams = newStreams();
  const stream = streams.open(0);
  stream.tail.add(Buffer.alloc(1000), 1);
  stream.end();
  stream.end();
  expect(streams.keptBytes).toBe(0);
});

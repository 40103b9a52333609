// What is kept for a peer, and for how long.
import { expect, test } from 'vitest';
import { countFrames } from '../../../../../src/relay/protocol/frame.js';
import { BATCH_COST, Tail } from '../../../../../src/relay/rooms/streams/tail.js';

const PING = Buffer.from([0x89, 1, 7]);

/** A frame of one byte. */
function frame(n: number): Buffer {
  return Buffer.from([0x81, 1, n]);
}

function frames(...numbers: number[]): Buffer {
  return Buffer.concat(numbers.map(frame));
}

/** The numbers of the frames. */
function numbersIn(missed: readonly Buffer[] | undefined): number[] | undefined {
  return missed?.map((one) => one[2]!);
}

test('[R18] a tail gives what follows any number that it reaches back to', () => {
  for (let got = 0; got <= 5; got++) {
    const tail = new Tail(Infinity);
    tail.add(frames(1, 2), 2);
    tail.add(frames(3), 1);
    tail.add(frames(4, 5), 2);
    expect(numbersIn(tail.resume(got))).toEqual([1, 2, 3, 4, 5].slice(got));
    expect([tail.sent, tail.keptBytes]).toEqual([got, 0]);
  }
});

test('[R18] a number that the tail does not reach changes nothing', () => {
  const tail = new Tail(Infinity);
  tail.add(frames(1, 2), 2);
  tail.confirm(2);
  tail.add(frames(3), 1);
  for (const got of [0, 1, 4]) expect(tail.resume(got)).toBeUndefined();
  expect(numbersIn(tail.resume(2))).toEqual([3]);
});

test('[R16] control frames between messages are neither counted nor given', () => {
  const tail = new Tail(Infinity);
  tail.add(Buffer.concat([PING, frame(1), PING, frame(2), PING]), 2);
  tail.add(PING, 0);
  expect(tail.sent).toBe(2);
  expect(numbersIn(tail.resume(1))).toEqual([2]);
});

test('[R17] a tail forgets what is confirmed, in whole batches', () => {
  const tail = new Tail(Infinity);
  tail.add(frames(1, 2), 2);
  tail.add(frames(3, 4), 2);
  tail.confirm(3);
  expect(tail.keptBytes).toBe(6 + BATCH_COST);
  tail.confirm(4);
  expect(tail.keptBytes).toBe(0);
  expect(numbersIn(tail.resume(4))).toEqual([]);
});

test('[R17] of more than it may keep a tail forgets the oldest, and nothing else happens', () => {
  const tail = new Tail(3 * (BATCH_COST + 3));
  for (let n = 1; n <= 5; n++) tail.add(frame(n), 1);
  expect(tail.keptBytes).toBe(tail.most);
  expect(tail.resume(1)).toBeUndefined();
  expect(numbersIn(tail.resume(2))).toEqual([3, 4, 5]);
});

test('[R17] a message that is larger than all that may be kept is not kept', () => {
  const tail = new Tail(100);
  tail.add(Buffer.concat([Buffer.from([0x82, 126, 0, 200]), Buffer.alloc(200)]), 1);
  expect(tail.keptBytes).toBe(0);
  expect(tail.resume(0)).toBeUndefined();
  expect(tail.resume(1)).toEqual([]);
});

test('[R17] what waits for a second keeps no memory but its bytes, and costs less', () => {
  const tail = new Tail(Infinity);
  const pool = Buffer.alloc(8192);
  for (let n = 1; n <= 100; n++) {
    const at = pool.subarray(n * 3, n * 3 + 3);
    at.set(frame(n));
    tail.add(at, 1);
  }
  tail.settle();
  expect(tail.keptBytes).toBe(100 * (BATCH_COST + 3));
  tail.settle();
  expect(tail.keptBytes).toBe(BATCH_COST + 300);
  tail.add(frame(101), 1);
  tail.settle();
  tail.settle();
  const missed = tail.resume(0)!;
  expect(numbersIn(missed)).toEqual(Array.from({ length: 101 }, (_, at) => at + 1));
  expect(missed.map(({ buffer }) => buffer)).not.toContain(pool.buffer);
});

test('[R17] a large batch that others share is shared, also when it has waited', () => {
  const tail = new Tail(Infinity);
  const large = Buffer.concat([Buffer.from([0x82, 126, 0xff, 0xff]), Buffer.alloc(0xffff)]);
  tail.add(large, 1);
  tail.settle();
  tail.settle();
  expect(tail.resume(0)?.[0]?.buffer).toBe(large.buffer);
});

test('[R17] settling in any order loses nothing', () => {
  const tail = new Tail(Infinity);
  let n = 0;
  for (let round = 0; round < 50; round++) {
    for (let i = 0; i < round % 7; i++) tail.add(frame(++n), 1);
    if (round % 3 === 0) tail.settle();
    if (round === 20) tail.confirm(10);
  }
  const missed = tail.resume(n - 60);
  expect(numbersIn(missed)).toEqual(Array.from({ length: 60 }, (_, at) => n - 59 + at));
  expect(missed?.every((one) => countFrames(one) === 1)).toBe(true);
});

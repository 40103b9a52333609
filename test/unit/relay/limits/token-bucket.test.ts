import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from '../../../../src/relay/limits/token-bucket.js';

test('a new bucket holds the burst, and not one token more', () => {
  const bucket = new TokenBucket(10, 3, 0);
  expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([true, true, true, false]);
});

test('tokens come back one by one as time passes', () => {
  const bucket = new TokenBucket(10, 3, 0);
  bucket.take(3, 0);
  expect(bucket.msUntil(1, 0)).toBe(100);
  expect(bucket.take(1, 99)).toBe(false);
  expect(bucket.take(1, 100)).toBe(true);
  expect(bucket.take(1, 100)).toBe(false);
  expect(bucket.msUntil(2, 150)).toBe(150);
});

test('a bucket never holds more than its burst, however long it rests', () => {
  const bucket = new TokenBucket(10, 3, 0);
  bucket.take(1, 0);
  expect(bucket.take(3, 1e9)).toBe(true);
  expect(bucket.take(1, 1e9)).toBe(false);
});

test('a request for more than the burst is refused, and takes nothing', () => {
  const bucket = new TokenBucket(10, 3, 0);
  expect(bucket.take(4, 0)).toBe(false);
  expect(bucket.msUntil(4, 1e9)).toBeGreaterThan(0);
  expect(bucket.take(3, 0)).toBe(true);
});

test('a cost that has already occurred can be charged to an empty bucket as a debt', () => {
  const bucket = new TokenBucket(10, 3, 0);
  bucket.spend(5, 0);
  expect(bucket.msUntil(0, 0)).toBe(200);
  expect(bucket.msUntil(1, 0)).toBe(300);
  expect(bucket.take(1, 300)).toBe(true);
});

const amounts = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 900, noNaN: true })),
);
const rates = fc.double({ min: 0.01, max: 5_000, noNaN: true });

test('the wait that the bucket reports is enough, and a millisecond less is not', () => {
  fc.assert(
    fc.property(amounts, rates, (steps, perSecond) => {
      const bucket = new TokenBucket(perSecond, 5, 0);
      let now = 0;
      for (const [amount, pause] of steps) {
        now += pause;
        const wait = bucket.msUntil(amount, now);
        if (wait > 1) expect(bucket.msUntil(amount, now + wait - 1)).toBeGreaterThan(0);
        expect(bucket.msUntil(amount, now + wait)).toBe(0);
        if (wait < 1_000) expect(bucket.take(amount, (now += wait))).toBe(true);
      }
    }),
  );
});

test('over any time burst and rate bound what is taken', () => {
  fc.assert(
    fc.property(amounts, rates, (steps, perSecond) => {
      const bucket = new TokenBucket(perSecond, 5, 0);
      let now = 0;
      let taken = 0;
      for (const [amount, pause] of steps) {
        now += pause;
        if (bucket.take(amount, now)) taken += amount;
        expect(taken).toBeLessThanOrEqual(5 + (now * perSecond) / 1_000 + 1e-3);
      }
    }),
  );
});

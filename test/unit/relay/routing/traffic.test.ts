// What a message adds to: counts by size and by time.
import { expect, test } from 'vitest';
import { Histogram, Sizes } from '../../../../src/relay/routing/traffic.js';

test('each length counts in the smallest power of two that holds it, and in all above', () => {
  for (const length of [0, 1, 2, 3, 4, 5, 64, 65, 1023, 1024, 1025, 100 * 1024 * 1024]) {
    const sizes = new Sizes();
    sizes.add(length);
    expect(sizes.count).toBe(1);
    for (const [bound, below] of sizes.upTo(27)) expect([bound, below]).toEqual([bound, +(length <= bound)]);
  }
});

test('sizes add up', () => {
  const sizes = new Sizes();
  for (const length of [0, 0, 64, 64, 70_000]) sizes.add(length);
  expect(sizes.upTo(17).map(([, below]) => below)).toEqual([
    ...Array<number>(6).fill(2),
    ...Array<number>(11).fill(4),
    5,
  ]);
});

test('each value counts in every bound that holds it', () => {
  const histogram = new Histogram([1, 10]);
  for (const value of [0.5, 1, 1.5, 10, 11, 1_000]) histogram.add(value);
  expect(histogram.upTo()).toEqual([
    [1, 2],
    [10, 4],
  ]);
  expect(histogram).toMatchObject({ count: 6, sum: 1_024 });
});

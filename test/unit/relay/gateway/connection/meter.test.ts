// A bucket that leaks by the second.
import { expect, test } from 'vitest';
import { Meter } from '../../../../../src/relay/gateway/connection/meter.js';

test('[A19] two seconds of the rate may come at once', () => {
  const meter = new Meter(100);
  expect(meter.add(150)).toBe(true);
  expect(meter.add(50)).toBe(true);
  expect(meter.add(1)).toBe(false);
});

test('[A19] there is room again once a full second at the rate fits', () => {
  const meter = new Meter(100);
  meter.add(300);
  expect(meter.leak(1)).toBe(false);
  expect(meter.leak(0.5)).toBe(false);
  expect(meter.leak(0.5)).toBe(true);
  expect(meter.add(100)).toBe(true);
});

test('[A19] unused rate is not saved up', () => {
  const meter = new Meter(100);
  for (let second = 0; second < 3_600; second++) meter.leak(1);
  expect(meter.add(200)).toBe(true);
  expect(meter.add(1)).toBe(false);
});

test('[A19] over an hour exactly the rate passes, however it arrives', () => {
  const meter = new Meter(100);
  let passed = 0;
  let isHeld = false;
  for (let second = 0; second < 3_600; second++) {
    while (!isHeld) {
      passed += 7;
      isHeld = !meter.add(7);
    }
    isHeld = !meter.leak(1);
  }
  expect(passed / 3_600).toBeGreaterThan(99);
  expect(passed / 3_600).toBeLessThan(101);
});

test('[A26] a rate of 0 disables the limit', () => {
  const meter = new Meter(0);
  for (let n = 0; n < 1_000; n++) expect(meter.add(1_000_000_000)).toBe(true);
  expect(meter.leak(1)).toBe(true);
});

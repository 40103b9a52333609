// How often an address may ask, with a clock that the tests set.
import { expect, test } from 'vitest';
import { MOST_ADDRESSES } from '../../../../src/relay/limits/address-buckets.js';
import { AskingLimit } from '../../../../src/operator/why/asking-limit.js';
import { fixForTest } from '../../../harness/fixed.js';

const HERE = '198.51.100.1';

/** A limit, and questions against it. */
class Counter {
  time = 1_000;
  readonly limit: AskingLimit;

  constructor(burst: number, newConnectionsPerSecond: number) {
    fixForTest({ burstSeconds: burst / newConnectionsPerSecond });
    this.limit = new AskingLimit({ newConnectionsPerSecond }, () => this.time);
  }

  /** How many of `count` questions of the address are answered. */
  ask(count: number, address = HERE): number {
    const waits = Array.from({ length: count }, () => this.limit.secondsToWait(address));
    return waits.filter((seconds) => seconds === 0).length;
  }
}

test('[O4] an address may ask as often as it may connect: a burst at once, and then at its rate', () => {
  const counter = new Counter(30, 2);
  expect(counter.ask(40)).toBe(30);
  expect(counter.ask(40, '198.51.100.2')).toBe(30);
  counter.time += 5_000;
  expect(counter.ask(40)).toBe(10);
});

test('[O4] an address that asked too often learns after how many seconds to ask again', () => {
  const counter = new Counter(3, 2);
  counter.ask(3);
  expect(counter.limit.secondsToWait(HERE)).toBe(1);
  counter.time += 1_000;
  expect(counter.limit.secondsToWait(HERE)).toBe(0);
});

test('[O4] all addresses of one IPv6 /64 count as one', () => {
  const counter = new Counter(2, 1);
  expect(counter.ask(1, '2001:db8:1:2::1') + counter.ask(4, '2001:db8:1:2::2')).toBe(2);
  expect(counter.ask(4, '2001:db8:1:3::1')).toBe(2);
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', ''])('[O4] %j may ask as often as it likes', (address) => {
  const counter = new Counter(1, 1);
  expect(counter.ask(500, address)).toBe(500);
  expect(counter.limit.size).toBe(0);
});

test('[O4] where connections have no limit, questions have none either', () => {
  expect(new Counter(300, 0).ask(5_000)).toBe(5_000);
});

test('addresses are remembered in bounded memory, and those that ask all the time stay in it', () => {
  const counter = new Counter(3, 1);
  counter.ask(3);
  for (let network = 0; network < 3 * MOST_ADDRESSES; network++) {
    counter.ask(1, `10.${network >> 16}.${(network >> 8) & 255}.${network & 255}`);
    if (network % 1_000 === 0) expect(counter.ask(1)).toBe(0);
    expect(counter.limit.size).toBeLessThanOrEqual(MOST_ADDRESSES);
  }
});

// How long a ping takes to its peer and back, with a clock that the tests set.
import { expect, test } from 'vitest';
import { RoundTrip } from '../../../../../src/relay/gateway/connection/round-trip.js';
import { Histogram } from '../../../../../src/relay/routing/traffic.js';

/** A relay's side of a connection, and a peer that answers after as long as a test likes. */
class Line {
  time = 1_000.125;
  readonly all = new Histogram([10, 100]);
  readonly roundTrip = new RoundTrip(this.all, () => this.time);

  /** Pings, and has it answered with what `answer` makes of the payload. */
  ping(milliseconds: number, answer: (payload: Buffer) => Buffer = (payload) => payload): void {
    const payload = this.roundTrip.ping();
    this.time += milliseconds;
    this.roundTrip.pong(Buffer.from(answer(payload)));
  }
}

test('[O8] the time from a ping to its pong is the round trip', () => {
  const line = new Line();
  expect(line.roundTrip.last).toBeUndefined();
  line.ping(25);
  expect(line.roundTrip).toMatchObject({ last: 25, jitter: undefined });
  line.ping(3);
  expect(line.roundTrip.last).toBe(3);
  expect(line.all.upTo()).toEqual([
    [10, 1],
    [100, 2],
  ]);
});

test('[O8] jitter is how much round trips differ: it follows slowly, and fades when they do not', () => {
  const line = new Line();
  for (const milliseconds of [20, 30]) line.ping(milliseconds);
  expect(line.roundTrip.jitter).toBe(10);
  line.ping(80);
  expect(line.roundTrip.jitter).toBe(20);
  for (let n = 0; n < 30; n++) line.ping(80);
  expect(line.roundTrip.jitter).toBeLessThan(0.1);
});

test.each<[string, (payload: Buffer) => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['too little', (payload) => payload.subarray(1)],
  ['too much', (payload) => Buffer.concat([payload, payload])],
  ['another time', (payload) => Buffer.from(payload.map((byte) => byte ^ 1))],
  ['no number', () => Buffer.alloc(8, 0xff)],
])('[O8] a pong that brings back %s does not count', (_, answer) => {
  const line = new Line();
  line.ping(25, answer);
  expect(line.roundTrip.last).toBeUndefined();
  expect(line.all.count).toBe(0);
});

test('[O8] a pong without a ping, a second pong, and a pong to an abandoned ping do not count', () => {
  const line = new Line();
  line.roundTrip.pong(Buffer.alloc(8));
  const first = Buffer.from(line.roundTrip.ping());
  line.time += 30;
  const second = Buffer.from(line.roundTrip.ping());
  line.time += 5;
  for (const payload of [first, second, second]) line.roundTrip.pong(payload);
  expect(line.roundTrip).toMatchObject({ last: 5, jitter: undefined });
  expect(line.all.count).toBe(1);
});

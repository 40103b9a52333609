// How a phone's badge grows old when the big screen is silent, and what is done about it.
import { expect, test } from 'vitest';
import { Link } from '../../../../pages/party/phone/link.js';

const LOOK_MS = 250;

/** A link that came up at 0, and what happened to it so far. */
class Watched {
  now = 0;
  asked = 0;
  readonly diedAt: number[] = [];
  readonly link = new Link({ doubted: () => this.asked++, died: () => this.diedAt.push(this.now) });

  constructor() {
    this.link.up(0);
  }

  pass(milliseconds: number, eachSecond: () => void = () => undefined): void {
    for (const end = this.now + milliseconds; this.now < end;) {
      this.now += LOOK_MS;
      if (this.now % 1_000 === 0) eachSecond();
      this.link.look(this.now);
    }
  }
}

test('a phone whose screen pings keeps its connection and asks nothing', () => {
  const watched = new Watched();
  watched.pass(60_000, () => watched.link.heard(28));
  expect(watched.link.badge).toEqual({ text: '28 ms', quality: 'good' });
  expect([watched.asked, watched.diedAt]).toEqual([0, []]);
});

test('a badge is bad three seconds after the last ping, and shows for how long', () => {
  const watched = new Watched();
  watched.link.heard(28);
  watched.pass(2_000);
  expect(watched.link.badge.quality).toBe('good');
  expect(watched.asked).toBeGreaterThan(0);
  watched.pass(1_000);
  expect(watched.link.badge).toEqual({ text: '✕ 3 s', quality: 'bad' });
  watched.pass(4_000);
  expect(watched.link.badge).toEqual({ text: '✕ 7 s', quality: 'bad' });
});

test('a dead connection is replaced after eight seconds, and less and less often while that does not help', () => {
  const watched = new Watched();
  watched.pass(8_250);
  expect(watched.diedAt).toEqual([8_250]);
  watched.link.down();
  watched.link.up(watched.now);
  expect(watched.link.badge).toEqual({ text: '…', quality: 'unknown' });
  watched.pass(16_250);
  watched.link.up(watched.now);
  watched.pass(32_250);
  expect(watched.diedAt).toEqual([8_250, 24_500, 56_750]);
  watched.link.up(watched.now);
  watched.link.heard(5);
  watched.pass(8_250);
  expect(watched.diedAt).toHaveLength(4);
});

test('a phone that slept does not count the time as waiting', () => {
  const watched = new Watched();
  watched.link.heard(28);
  watched.now += 600_000;
  watched.link.look(watched.now);
  expect(watched.link.badge.quality).toBe('good');
  expect(watched.diedAt).toEqual([]);
});

test('a badge grows old without a connection, and while the screen is away; the phone neither asks nor replaces its connection', () => {
  const watched = new Watched();
  watched.link.heard(28);
  watched.link.down();
  watched.pass(60_000);
  expect(watched.link.badge).toEqual({ text: '✕ 60 s', quality: 'bad' });
  expect([watched.asked, watched.diedAt]).toEqual([0, []]);
  watched.link.up(watched.now);
  watched.link.heard(28);
  expect(watched.link.badge).toEqual({ text: '28 ms', quality: 'good' });
});

test('a badge says nothing before the screen was there', () => {
  const link = new Link({ doubted: () => undefined, died: () => undefined });
  link.look(1_000);
  for (let now = 2_000; now < 9_000; now += LOOK_MS) link.look(now);
  expect(link.badge).toEqual({ text: '…', quality: 'unknown' });
});

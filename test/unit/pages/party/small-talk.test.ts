// What phones may say to the party page, and how it judges their links; names are tested beside it.
import { expect, test } from 'vitest';
import { readFromPhone, withinUnit } from '../../../../pages/party/shared/messages.js';
import {
  describeLink,
  describeSilence,
  qualityOf,
  RoundTrips,
} from '../../../../pages/party/shared/round-trip.js';

test('a stick is never longer than one, and a value that is not a number does not move a car', () => {
  expect(readFromPhone({ type: 'drive', x: 300, y: 400 })).toEqual({ type: 'drive', x: 0.6, y: 0.8 });
  expect(readFromPhone({ type: 'drive', x: 0.3, y: 0 })).toEqual({ type: 'drive', x: 0.3, y: 0 });
  expect(withinUnit(NaN, 1)).toEqual({ x: 0, y: 0 });
  expect(withinUnit(Infinity, 1)).toEqual({ x: 0, y: 0 });
  expect(readFromPhone({ type: 'drive', x: '1', y: 0 })).toBeUndefined();
});

test.each([{}, { type: 'win' }, { type: null }, { type: 'pong' }, { type: 'hello', name: 'Mia' }])(
  'the page ignores %j',
  (message) => expect(readFromPhone(message)).toBeUndefined(),
);

test('any number gives a colour', () => {
  for (const colour of [-3.7, 1e9, NaN, Infinity]) {
    expect(readFromPhone({ type: 'hello', name: 'Mia', colour })).toMatchObject({
      colour: expect.any(Number) as number,
    });
  }
});

test('badges show good, fair and bad by more than their colour', () => {
  expect([undefined, 20, 150, 400].map(qualityOf)).toEqual(['unknown', 'good', 'fair', 'bad']);
  expect([undefined, 20.4, 150, 400, 20_000].map(describeLink)).toEqual([
    '…',
    '20 ms',
    '▲ 150 ms',
    '✕ 400 ms',
    '✕ >9999 ms',
  ]);
  expect([2_600, 12_000].map(describeSilence)).toEqual(['✕ 2 s', '✕ 12 s']);
});

test('a round trip is the median of the last five', () => {
  const trips = new RoundTrips();
  expect(trips.current(0)).toBeUndefined();
  [30, 900, 20, 40, 35, 25].forEach((took, index) => {
    trips.sent(index * 1_000);
    trips.answered(index * 1_000, index * 1_000 + took);
  });
  expect(trips.current(6_000)).toBe(35);
});

test('a phone that does not answer turns bad while it is silent', () => {
  const trips = new RoundTrips();
  trips.sent(0);
  trips.answered(0, 30);
  trips.sent(1_000);
  trips.sent(2_000);
  expect(trips.current(1_200)).toBe(30);
  expect(trips.current(4_000)).toBe(3_000);
});

test('an answer to a ping that was never sent does not count', () => {
  const trips = new RoundTrips();
  trips.answered(0, 5);
  trips.sent(1_000);
  trips.answered(500, 1_001);
  trips.answered(9_999, 1_001);
  expect(trips.current(1_001)).toBeUndefined();
});

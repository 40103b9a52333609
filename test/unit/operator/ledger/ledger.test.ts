// What the relay remembers of endings, with a clock that the tests set.
import { expect, test } from 'vitest';
import { isEnding } from '../../../../src/operator/ledger/entry.js';
import {
  Book,
  ELSEWHERE,
  HERE,
  hostOf,
  MEASURED,
  MEASURES,
  MINUTE,
  PLAYER,
  playerOf,
  sessionFrom,
} from './book.js';

test('[O1] of several endings of one player the ledger answers with the newest', () => {
  const book = new Book();
  for (const ending of ['no-such-code', 'room-full', 'left'] as const) {
    book.ended(ending, PLAYER);
    expect(book.why('467')).toBe(ending);
  }
});

test('[O1] a host gets its own ending, and not that of a player of the same address', () => {
  const book = new Book();
  book.ended('flood', hostOf('SNEK'));
  book.ended('host-left', PLAYER);
  expect(book.why()).toBe('flood');
  expect(book.why('467')).toBe('host-left');
});

test('[O1] a refused login is answered for like any other ending', () => {
  const book = new Book();
  const { ledger } = book;
  const session = sessionFrom(HERE);
  ledger.refused(session, 'code-taken', { name: 'logging-in', role: 'host', serverCode: 'SNEK' }, MEASURES);
  expect(book.why()).toBe('code-taken');
  const login = { name: 'logging-in', role: 'player', serverCode: 'SNEK', clientId: '467' } as const;
  ledger.refused(session, 'no-such-code', login, MEASURES);
  expect(book.why('467')).toBe('no-such-code');
});

test('[O2] a peer does not learn what happened to another address, id or code', () => {
  const book = new Book();
  book.ended('not-json', PLAYER);
  book.ended('left', playerOf('SNAKE', '468'));
  expect(book.why('467', ELSEWHERE)).toBeUndefined();
  expect(book.why('468')).toBeUndefined();
  expect(book.why()).toBeUndefined();
  expect(book.why('467')).toBe('not-json');
});

test('[O2] a peer without an address gets no answer, since other peers would look the same', () => {
  const book = new Book();
  book.ended('not-json', PLAYER, '');
  expect(book.why('467', '')).toBeUndefined();
});

test('[O2] the ledger answers for an ending for five minutes', () => {
  const book = new Book();
  book.ended('not-json', PLAYER);
  book.time += 5 * MINUTE;
  expect(book.why('467')).toBe('not-json');
  book.time += 1;
  expect(book.why('467')).toBeUndefined();
  expect(book.entries).toHaveLength(1);
});

test('[O2] when there are more endings than the ledger holds the oldest are forgotten', () => {
  const book = new Book(3);
  const ids = ['1', '2', '3', '4', '5', '6', '7', '8'];
  ids.forEach((id, at) => {
    book.ended('left', playerOf('SNEK', id));
    const kept = ids.slice(Math.max(0, at - 2), at + 1).reverse();
    expect(book.entries.map(({ clientId }) => clientId)).toEqual(kept);
  });
  expect(book.why('5')).toBeUndefined();
  expect(book.why('6')).toBe('left');
});

test('[O2] forgetting an old ending does not forget a newer one of the same player', () => {
  const book = new Book(3);
  book.ended('no-such-code', PLAYER);
  book.ended('left', PLAYER);
  for (const id of ['1', '2']) book.ended('left', playerOf('SNEK', id));
  expect(book.why('467')).toBe('left');
  book.ended('left', playerOf('SNEK', '3'));
  expect(book.why('467')).toBeUndefined();
});

test('[O7] the ledger says who it was, as far as it is known, why, by which rule, and with which counters', () => {
  const book = new Book();
  book.ended('login-timeout', { name: 'awaiting-login' });
  book.ended('slow-reader', hostOf('SNEK'), ELSEWHERE);
  book.ended('not-json', PLAYER);
  const common = { at: expect.any(Date) as Date, times: 1, connection: 9, ...MEASURED };
  expect(book.entries).toEqual([
    {
      ...{ ...common, id: 3, address: HERE, ending: 'not-json', rule: 'P8' },
      ...{ role: 'player', serverCode: 'SNEK', clientId: '467' },
    },
    {
      ...{ ...common, id: 2, address: ELSEWHERE, ending: 'slow-reader', rule: 'A10' },
      ...{ role: 'host', serverCode: 'SNEK' },
    },
    { ...common, id: 1, address: HERE, ending: 'login-timeout', rule: 'A4' },
  ]);
});

test('[O7] upgrade requests of one address that are refused for one reason within a minute are one entry', () => {
  const book = new Book();
  const { ledger } = book;
  const refuse = (address: string, times = 1): void => {
    for (let n = 0; n < times; n++) ledger.turnedAway(address, 'too-many-new-connections-of-address');
  };
  refuse(HERE, 3);
  refuse(ELSEWHERE);
  ledger.turnedAway(HERE, 'origin-refused');
  expect(book.entries.map(({ address, ending, times }) => [address, ending, times])).toEqual([
    [HERE, 'origin-refused', 1],
    [ELSEWHERE, 'too-many-new-connections-of-address', 1],
    [HERE, 'too-many-new-connections-of-address', 3],
  ]);
});

test('[O7] refusals after a minute are a separate entry, and each of thousands of addresses has one', () => {
  const book = new Book(10_000);
  for (let n = 0; n < 5_000; n++) book.ledger.turnedAway(`10.0.${n >> 8}.${n & 255}`, 'too-many-connections');
  expect(book.entries).toHaveLength(5_000);
  book.ledger.turnedAway(HERE, 'origin-refused');
  book.time += 60_000;
  book.ledger.turnedAway(HERE, 'origin-refused');
  expect(book.entries.slice(0, 2).map(({ times }) => times)).toEqual([1, 1]);
});

test('[O16] a mistake of a game is an entry among the endings, and expires as they do', () => {
  const book = new Book(2);
  const at = new Date();
  book.ended('left', PLAYER);
  book.ledger.found({ at, serverCode: 'SNEK', kind: 'large-message', times: 1 });
  expect(book.ledger.entries().map(({ id }) => id)).toEqual([2, 1]);
  expect(book.ledger.entries()[0]).toEqual({ id: 2, at, serverCode: 'SNEK', finding: 'large-message' });
  expect(book.why('467')).toBe('left');
  book.ended('left', hostOf('SNEK'));
  expect(book.why('467')).toBeUndefined();
  book.ended('left', hostOf('KART'));
  expect(book.entries.map(({ id }) => id)).toEqual([4, 3]);
});

test('a listener to the ledger gets each entry, and each refusal that is added to one', () => {
  const book = new Book();
  const heard: string[] = [];
  const stop = book.ledger.listen((entry) =>
    heard.push(isEnding(entry) ? `${entry.ending} ${entry.times}` : entry.finding),
  );
  book.ended('left', PLAYER);
  book.ledger.turnedAway(HERE, 'origin-refused');
  book.ledger.turnedAway(HERE, 'origin-refused');
  book.ledger.found({ at: new Date(), serverCode: 'SNEK', kind: 'large-message', times: 1 });
  stop();
  book.ended('left', PLAYER);
  expect(heard).toEqual(['left 1', 'origin-refused 1', 'origin-refused 2', 'large-message']);
});

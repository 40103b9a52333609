// Who has how much of the ledger: an address its share, and what is equal one entry.
import { expect, test } from 'vitest';
import type { Phase } from '../../../../src/relay/session/session.js';
import {
  Book,
  ELSEWHERE,
  HERE,
  hostOf,
  LOGIN,
  MEASURES,
  MINUTE,
  PLAYER,
  playerOf,
  sessionFrom,
} from './book.js';

test('[O7] equal refusals of one phone share one entry with a count, and it is the newest', () => {
  const book = new Book();
  const refuse = (last: Phase): void =>
    book.ledger.refused(sessionFrom(HERE), 'no-such-code', last, MEASURES);
  for (let n = 0; n < 12; n++) {
    refuse(LOGIN);
    book.time += 9_000;
  }
  book.ended('left', playerOf('KART', '1'), ELSEWHERE);
  refuse({ ...LOGIN, clientId: '468' });
  refuse({ ...LOGIN, serverCode: 'SNAK' });
  refuse(LOGIN);
  const told = book.entries.map(({ clientId, serverCode, times }) => [serverCode, clientId, times]);
  expect(told).toEqual([
    ['SNEK', '467', 13],
    ['SNAK', '467', 1],
    ['SNEK', '468', 1],
    ['KART', '1', 1],
  ]);
  const [newest] = book.entries;
  expect(newest!.since!.getTime()).toBeLessThanOrEqual(newest!.at.getTime());
  expect(book.ledger.answer(HERE, { serverCode: 'SNEK', clientId: '467' })).toBe(newest);
});

test('[O7] a refusal is not added to an entry from before the phone joined, nor to one older than a minute', () => {
  const book = new Book();
  const refuse = (): void => book.ledger.refused(sessionFrom(HERE), 'no-such-code', LOGIN, MEASURES);
  refuse();
  book.ended('left', PLAYER);
  book.ledger.ended(sessionFrom(HERE), 'left', LOGIN, MEASURES);
  refuse();
  book.time += MINUTE;
  refuse();
  expect(book.entries.map(({ ending, times }) => [ending, times])).toEqual([
    ['no-such-code', 1],
    ['no-such-code', 1],
    ['left', 1],
    ['left', 1],
    ['no-such-code', 1],
  ]);
});

test('[O7] a peer that repeats a bad login, or sends none, is one entry with a count', () => {
  const book = new Book();
  for (let n = 0; n < 20; n++) {
    book.ledger.refused(sessionFrom(HERE), 'bad-login', { name: 'awaiting-login' }, MEASURES);
    book.ended('left', { name: 'awaiting-login' });
  }
  expect(book.entries.map(({ ending, times }) => [ending, times])).toEqual([
    ['left', 20],
    ['bad-login', 20],
  ]);
});

test('[O7] an address that fills the ledger loses its own entries, and not those of others', () => {
  const book = new Book(500);
  book.ended('not-json', PLAYER, ELSEWHERE);
  for (let n = 0; n < 5_000; n++) book.ended('left', playerOf('MINE', `${n}`));
  // A third one comes to it: the first is still there.
  for (let n = 0; n < 100; n++) book.ended('left', playerOf('KART', `${n}`), '198.51.100.3');
  expect(book.why('467', ELSEWHERE)).toBe('not-json');
  const held = (address: string): number => book.entries.filter((entry) => entry.address === address).length;
  expect([held(HERE), held(ELSEWHERE), held('198.51.100.3')]).toEqual([399, 1, 100]);
  expect(book.entries.filter(({ address }) => address === HERE).at(-1)?.clientId).toBe('4601');
});

test('[O7] all addresses of one network have one share, mistakes of their games included', () => {
  const book = new Book(100);
  for (let n = 0; n < 30; n++) book.ended('left', playerOf('KART', `${n}`), ELSEWHERE);
  for (let n = 0; n < 1_000; n++) {
    const address = `2001:db8::${n.toString(16)}`;
    book.ended('left', playerOf('SNEK', `${n}`), address);
    book.ledger.found({ at: new Date(), serverCode: `${n}`, kind: 'large-message', times: 1 }, address);
  }
  expect(book.entries.filter(({ address }) => address === ELSEWHERE)).toHaveLength(30);
});

test.each(['127.0.0.1', '', '198.51.100.7'])(
  '[O7] a relay that sees only the address %j uses its whole ledger',
  (address) => {
    const book = new Book(100);
    for (let n = 0; n < 300; n++) book.ended('left', playerOf('SNEK', `${n}`), address);
    expect(book.entries.map(({ clientId }) => clientId)).toEqual(
      Array.from({ length: 100 }, (_, n) => `${299 - n}`),
    );
  },
);

test('[O7] of a crowd of a hundred phones behind one address each finds its own ending', () => {
  const book = new Book(1_000);
  for (let n = 0; n < 100; n++) book.ended('host-left', playerOf('SNEK', `${n}`));
  for (let n = 0; n < 20_000; n++) book.ended('left', playerOf('KART', `${n}`), `10.${n % 200}.0.1`);
  for (let n = 0; n < 100; n++) book.ended('host-left', playerOf('SNEK', `${n}`));
  for (let n = 0; n < 150; n++) book.ended('left', playerOf('KART', 'x'.repeat(n + 1)), ELSEWHERE);
  for (let n = 0; n < 100; n++) expect(book.why(`${n}`)).toBe('host-left');
});

test('[O19] the ledger knows when the game of a code ended, and forgets it with the game', () => {
  const book = new Book(3);
  book.ended('left', hostOf('SNEK'), ELSEWHERE);
  const game = book.entries[0]!;
  book.ledger.refused(sessionFrom(HERE), 'no-such-code', LOGIN, MEASURES);
  expect(book.entries[0]!.gameEnded).toBe(game.at);
  for (const id of ['1', '2', '3']) book.ended('left', playerOf('SNEK', id));
  book.ledger.refused(sessionFrom(HERE), 'no-such-code', LOGIN, MEASURES);
  expect(book.entries[0]!.gameEnded).toBeUndefined();
});

test('[O2] long ids are compared in full, also those that look alike', () => {
  const book = new Book();
  const long = 'x'.repeat(1_024);
  book.ended('flood', playerOf('SNEK', `${long}1`));
  book.ended('not-json', playerOf('SNEK', `${long}2`));
  book.ended('left', playerOf('SNEK host', '9'));
  expect([book.why(`${long}1`), book.why(`${long}2`), book.why(`${long}3`)]).toEqual([
    'flood',
    'not-json',
    undefined,
  ]);
  expect(book.why('host 9')).toBeUndefined();
});

test('[O7] a walk over a ledger that is being written yields each surviving entry once', () => {
  const book = new Book(20);
  for (let n = 0; n < 20; n++) book.ended('left', playerOf('SNEK', `${n}`));
  const seen: number[] = [];
  for (const entry of book.ledger.newestFirst()) {
    seen.push(entry.id);
    if (seen.length <= 6) book.ended('left', playerOf('KART', `${seen.length}`));
  }
  expect(seen).toEqual(Array.from({ length: 14 }, (_, n) => 20 - n));
});

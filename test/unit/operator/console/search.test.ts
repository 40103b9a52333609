// What is found in the ledger and among connections, in as many turns as it takes.
import { expect, test } from 'vitest';
import { Codes } from '../../../../src/operator/console/codes.js';
import { LedgerSearch, type Sought } from '../../../../src/operator/console/ledger-search.js';
import type { LedgerRow } from '../../../../src/operator/console/look.js';
import { MemberSearch } from '../../../../src/operator/console/member-search.js';
import type { Located } from '../../../../src/relay/service/located.js';
import type { RelayMonitor } from '../../../../src/relay/service/relay.monitor.js';
import { Book, ELSEWHERE, HERE, hostOf, LOGIN, MEASURES, playerOf, sessionFrom } from '../ledger/book.js';

/** A search that is given a moment a turn. */
class Search {
  readonly codes = new Codes();
  private readonly search: LedgerSearch;

  constructor(
    readonly book: Book,
    sought: Partial<Sought> = {},
  ) {
    this.search = new LedgerSearch(book.ledger, this.codes, { text: '', kind: '', ...sought });
  }

  /** Turns that it took. */
  look(): number {
    let turns = 1;
    while (!this.search.advance(() => true)) turns++;
    return turns;
  }

  get rows(): LedgerRow[] {
    this.look();
    return JSON.parse(this.search.json) as LedgerRow[];
  }

  get ids(): number[] {
    return this.rows.map(({ id }) => id);
  }
}

function found(book: Book, sought: Partial<Sought>): number {
  return new Search(book, sought).rows.length;
}

test('[O18] the ledger is searched by code, id, address, ending and kind', () => {
  const book = new Book();
  book.ended('left', playerOf('SNEX', '467'));
  book.ended('not-json', playerOf('SNEX', '468'));
  book.ledger.found({ at: new Date(), serverCode: 'SNEX', kind: 'large-message', times: 1 });
  expect(found(book, { text: '467' })).toBe(1);
  expect(found(book, { text: 'snex' })).toBe(3);
  expect(found(book, { text: '198.51' })).toBe(2);
  expect(found(book, { text: 'not-js' })).toBe(1);
  expect(found(book, { text: 'quiz' })).toBe(0);
  expect(found(book, { text: 'large' })).toBe(1);
  expect(found(book, { kind: 'finding' })).toBe(1);
  expect(found(book, { kind: 'left' })).toBe(1);
  expect(found(book, { kind: 'broken' })).toBe(1);
  expect(found(book, { kind: 'refused' })).toBe(0);
});

test('[O22] a search of a full ledger takes many turns, and a search of new entries takes one', () => {
  const book = new Book(10_000);
  book.ended('left', playerOf('SNEK', 'needle'));
  for (let n = 1; n < 10_000; n++) book.ended('left', playerOf('SNEK', `${n}`));
  const search = new Search(book, { text: 'NEEDLE' });
  expect(search.look()).toBeGreaterThan(100);
  expect(search.ids).toEqual([1]);
  for (let n = 0; n < 10; n++) book.ended('left', playerOf('KART', `needle ${n}`), ELSEWHERE);
  expect(search.look()).toBeLessThan(15);
  expect(search.ids).toEqual([
    10_010, 10_009, 10_008, 10_007, 10_006, 10_005, 10_004, 10_003, 10_002, 10_001,
  ]);
});

test('[O18] the search shows the hundred newest, however many were forgotten meanwhile', () => {
  const book = new Book(200);
  for (let n = 1; n <= 150; n++) book.ended('left', playerOf('MINE', `mine ${n}`));
  const search = new Search(book, { text: 'mine' });
  expect(search.ids).toEqual(Array.from({ length: 100 }, (_, n) => 150 - n));
  // They are over their share now: others come, and their oldest go, also of those that are shown.
  for (let n = 1; n <= 149; n++) book.ended('left', playerOf('KART', `${n}`), `10.0.0.${n}`);
  search.look();
  expect(search.ids).toEqual(Array.from({ length: 51 }, (_, n) => 150 - n));
});

test('[O7] a repeated refusal is one row, in first place', () => {
  const book = new Book();
  const refuse = (): void => book.ledger.refused(sessionFrom(HERE), 'no-such-code', LOGIN, MEASURES);
  const search = new Search(book);
  refuse();
  expect(search.rows.map(({ times }) => times)).toEqual([1]);
  book.ended('left', hostOf('KART'));
  refuse();
  refuse();
  expect(search.rows.map(({ name, times }) => [name, times])).toEqual([
    ['no-such-code', 3],
    ['left', 1],
  ]);
});

test('[O19] a row shows when a room has opened under its code', () => {
  const book = new Book();
  book.ledger.refused(sessionFrom(HERE), 'no-such-code', LOGIN, MEASURES);
  const search = new Search(book);
  const last = (): unknown => search.rows[0]!.reason.at(-1);
  search.codes.set([], Date.now());
  expect(last()).toBe('.');
  search.codes.set(['SNEK'], Date.now());
  expect(last()).toBe('; that game has opened since.');
});

function located(clientId: string, address = HERE): Located & { isGone: boolean } {
  const who = { role: 'player', serverCode: 'DVRD', clientId } as const;
  return { who, address, connection: 9, isGone: false, isAway: false, roundTrip: 12 };
}

test('[O18] among thousands of peers the search finds ids and addresses, an exact match first', () => {
  const all = Array.from({ length: 5_000 }, (_, n) => located(`${n}${n === 4_000 ? '' : '.'}`));
  const monitor = {
    *located() {
      yield* all;
    },
  } as unknown as RelayMonitor;
  let time = 0;
  const search = (text: string): MemberSearch => new MemberSearch(monitor, text, () => time);
  const one = search('4000');
  let turns = 1;
  while (!one.advance(() => true)) turns++;
  expect(turns).toBeGreaterThan(50);
  expect(one.found()).toEqual({
    lines: [
      { role: 'player', serverCode: 'DVRD', clientId: '4000', address: HERE, connection: 9, roundTrip: 12 },
    ],
    count: 1,
  });
  const some = search('40');
  while (!some.advance(() => true));
  expect(some.found().count).toBe(all.filter(({ who }) => who.clientId!.includes('40')).length);
  expect(some.found().lines).toHaveLength(20);
  // Who leaves is left out at once; who comes is found some seconds later.
  all[4_000]!.isGone = true;
  all.push(located('another 4000'));
  expect([one.advance(() => true), one.found()]).toEqual([true, { lines: [], count: 0 }]);
  time += 5_000;
  all.splice(4_000, 1);
  while (!one.advance(() => true));
  expect(one.found().lines.map(({ clientId }) => clientId)).toEqual(['another 4000']);
  const there = search(HERE);
  while (!there.advance(() => true));
  expect(there.found().count).toBe(5_000);
});

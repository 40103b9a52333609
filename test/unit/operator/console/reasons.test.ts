// Endings in sentences, from entries that a test makes up.
import { expect, test } from 'vitest';
import { Codes } from '../../../../src/operator/console/codes.js';
import { rowOf } from '../../../../src/operator/console/ledger-row.js';
import type { Sentence } from '../../../../src/operator/console/look.js';
import {
  type EndingEntry,
  type FindingEntry,
  isEnding,
  type LedgerEntry,
} from '../../../../src/operator/ledger/entry.js';
import { FINDING_KINDS, MISTAKES, type FindingKind } from '../../../../src/operator/ledger/finding.js';
import { ENDINGS, type Ending } from '../../../../src/relay/rooms/endings.js';

const PLAYER = { role: 'player', serverCode: 'SNEX', clientId: '467' } as const;
let ids = 0;

function entry(ending: Ending, more: Partial<EndingEntry> = {}): EndingEntry {
  const { rule } = ENDINGS[ending];
  return { id: ++ids, at: new Date(ids * 1_000), times: 1, address: '198.51.100.7', ending, rule, ...more };
}

function finding(kind: FindingKind): FindingEntry {
  return { id: ++ids, at: new Date(ids * 1_000), serverCode: 'SNEX', finding: kind };
}

/** The sentence with what peers said in brackets. */
function written(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === 'string' ? part : `[${part.said}]`)).join('');
}

function told(entry: EndingEntry | FindingEntry, open: string[] = []): string {
  const codes = new Codes();
  codes.set(open, entry.at.getTime());
  return written(rowOf(entry, isEnding(entry) ? codes.meantBy(entry) : undefined).reason);
}

test.each<[string, LedgerEntry]>([
  ['[467] was refused: the game [SNEX] has as many players as it may have.', entry('room-full', PLAYER)],
  [
    'The game [SNEX] was refused: another game already runs under [SNEX].',
    entry('code-taken', { role: 'host', serverCode: 'SNEX' }),
  ],
  ['[467] in [SNEX] sent something that is not JSON.', entry('not-json', PLAYER)],
  ['The game [SNEX] closed its connection, or lost it.', entry('left', { role: 'host', serverCode: 'SNEX' })],
  ['A device at [198.51.100.7] was refused: its first message is not a login.', entry('bad-login')],
  [
    'A device at [198.51.100.7] (9 times) was refused: its address connects too often.',
    entry('too-many-new-connections-of-address', { times: 9 }),
  ],
])('[O19] the console explains: %s', (sentence, one) => {
  expect(told(one)).toBe(sentence);
});

test.each([
  [['SNEK', 'KART'], '; did it mean [SNEK]?'],
  [['snex'], '; did it mean [snex]?'],
  [['SNEX'], '; that game has opened since.'],
  [['QUIZ'], '.'],
])('[O19] of the codes %j the console suggests the one that a wrong code probably meant', (codes, end) => {
  expect(told(entry('no-such-code', PLAYER), codes)).toBe(
    `[467] was refused: no game is running under [SNEX]${end}`,
  );
});

test("[O19] a player that came too late learns so from the console's sentence", () => {
  const gameEnded = new Date(ids * 1_000);
  const late = entry('no-such-code', { ...PLAYER, gameEnded });
  expect(told(late)).toBe(
    '[467] was refused: no game is running under [SNEX]; that game had ended 1 s earlier.',
  );
});

test('[O19] the relay looks for a similar code once, and always reports a room that has opened under that very code', () => {
  const codes = new Codes();
  const one = entry('no-such-code', PLAYER);
  codes.set([], one.at.getTime() - 1);
  expect(codes.meantBy(one)).toBeUndefined();
  // Before that the rooms were looked at earlier than the code was typed.
  codes.set(['SNEK'], one.at.getTime());
  expect(codes.meantBy(one)).toBe('SNEK');
  codes.set(['SNEY'], one.at.getTime() + 1_000);
  expect(codes.meantBy(one)).toBe('SNEK');
  codes.set(['SNEX', 'SNEY'], one.at.getTime() + 2_000);
  expect(codes.meantBy(one)).toBe('SNEX');
});

test('[O19] every ending has a sentence', () => {
  for (const ending of Object.keys(ENDINGS) as Ending[]) {
    const sentence = told(entry(ending, PLAYER));
    expect(sentence).toMatch(/^\[467\] .*[.?]$/);
    expect(sentence).not.toMatch(/undefined|\{|\.\./);
  }
});

test.each(FINDING_KINDS)('[O16] the console explains %s in a sentence, with its fix', (kind) => {
  const row = rowOf(finding(kind));
  expect(row).toMatchObject({ kind: 'finding', name: kind, rule: 'O16', advice: MISTAKES[kind].fix });
  expect(written(row.reason)).toBe(`The game [SNEX] ${MISTAKES[kind].meaning}.`);
});

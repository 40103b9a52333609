// Endings in sentences, from entries that a test makes up.
import { expect, test } from 'vitest';
import { ledgerView, type Sought } from '../../src/console/ledger-view.js';
import type { Sentence } from '../../src/console/look.js';
import type { EndingEntry, FindingEntry, LedgerEntry } from '../../src/ledger/entry.js';
import { FINDING_KINDS, MISTAKES, type FindingKind } from '../../src/ledger/finding.js';
import { ENDINGS, type Ending } from '../../src/rooms/endings.js';

const PLAYER = { role: 'player', serverCode: 'SNEX', clientId: '467' } as const;
const ALL: Sought = { text: '', kind: '' };
let ids = 0;

function entry(ending: Ending, more: Partial<EndingEntry> = {}): EndingEntry {
  const { rule } = ENDINGS[ending];
  return { id: ++ids, at: new Date(ids * 1_000), times: 1, address: '198.51.100.7', ending, rule, ...more };
}

function finding(kind: FindingKind): FindingEntry {
  return { id: ++ids, at: new Date(ids * 1_000), serverCode: 'SNEX', finding: kind };
}

/** The sentence with what peers said in brackets. */
function written(sentence: Sentence | undefined): string {
  return (sentence ?? []).map((part) => (typeof part === 'string' ? part : `[${part.said}]`)).join('');
}

function told(entries: LedgerEntry[], codes: string[] = []): string[] {
  return ledgerView(entries, codes, ALL).map(({ reason }) => written(reason));
}

test.each<[string, LedgerEntry]>([
  ['[467] was refused: the game [SNEX] has as many players as it may have.', entry('room-full', PLAYER)],
  [
    'The game [SNEX] was refused: another game already runs under [SNEX].',
    entry('code-taken', { role: 'host', serverCode: 'SNEX' }),
  ],
  ['[467] in [SNEX] sent something that is not JSON.', entry('not-json', PLAYER)],
  ['The game [SNEX] closed its connection, or lost it.', entry('left', { role: 'host', serverCode: 'SNEX' })],
  ['A device at [198.51.100.7] was refused: its first message is no login.', entry('bad-login')],
  [
    'A device at [198.51.100.7] (9 times) was refused: its address connects too often.',
    entry('too-many-new-connections-of-address', { times: 9 }),
  ],
])('[O19] it is told: %s', (sentence, one) => {
  expect(told([one])).toEqual([sentence]);
});

test.each([
  [['SNEK', 'KART'], '; did it mean [SNEK]?'],
  [['snex'], '; did it mean [snex]?'],
  [['SNEX'], '; by now there is one.'],
  [['QUIZ'], '.'],
])('[O19] of a wrong code it is said which of the codes %j was meant', (codes, end) => {
  expect(told([entry('no-such-code', PLAYER)], codes)).toEqual([
    `[467] was refused: no game is running under [SNEX]${end}`,
  ]);
});

test('[O19] who came too late is told so', () => {
  const host = entry('left', { role: 'host', serverCode: 'SNEX' });
  expect(told([entry('no-such-code', PLAYER), host])[0]).toMatch(/that game had ended \d+ s before\.$/);
});

test('[O19] every ending has a sentence', () => {
  for (const ending of Object.keys(ENDINGS) as Ending[]) {
    const [sentence = ''] = told([entry(ending, PLAYER)]);
    expect(sentence).toMatch(/^\[467\] .*[.?]$/);
    expect(sentence).not.toMatch(/undefined|\{|\.\./);
  }
});

test.each(FINDING_KINDS)('[O16] %s is told in a sentence, with its fix', (kind) => {
  const [row] = ledgerView([finding(kind)], [], ALL);
  expect(row).toMatchObject({ kind: 'finding', name: kind, rule: 'O16', advice: MISTAKES[kind].fix });
  expect(written(row?.reason)).toBe(`The game [SNEX] ${MISTAKES[kind].meaning}.`);
});

test('the ledger is searched by code, id, address, ending and kind', () => {
  const endings = [entry('left', PLAYER), entry('not-json', { ...PLAYER, clientId: '468' })];
  const entries = [finding('large-message'), ...endings];
  const found = (sought: Partial<Sought>): number => ledgerView(entries, [], { ...ALL, ...sought }).length;
  expect(found({ text: '467' })).toBe(1);
  expect(found({ text: 'snex' })).toBe(3);
  expect(found({ text: '198.51' })).toBe(2);
  expect(found({ text: 'not-js' })).toBe(1);
  expect(found({ text: 'quiz' })).toBe(0);
  expect(found({ text: 'large' })).toBe(1);
  expect(found({ kind: 'finding' })).toBe(1);
  expect(found({ kind: 'left' })).toBe(1);
  expect(found({ kind: 'broken' })).toBe(1);
  expect(found({ kind: 'refused' })).toBe(0);
});

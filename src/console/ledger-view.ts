/** The part of the ledger that somebody looks for, told in sentences. */
import { closest } from '../config/closest.js';
import {
  type EndingEntry,
  type FindingEntry,
  isEnding,
  isFinding,
  type LedgerEntry,
} from '../ledger/entry.js';
import { MISTAKES } from '../ledger/finding.js';
import { ADVICE } from './advice.js';
import type { LedgerKind, LedgerRow } from './look.js';
import { type Clue, kindOf, mistakeOf, reasonOf } from './reasons.js';

/** Rows that are shown at once. */
const MOST_ROWS = 100;

/** Open codes among which a mistyped one is looked for, and its longest: whoever types rubbish must not cost. */
const MOST_CODES = 500;
const LONGEST_CODE = 16;

/** The rule of SPEC.md by which a mistake of a game is told. */
const FINDING_RULE = 'O16';

/** What somebody looks for: a text in a code, id, address or name, and a kind; empty for all. */
export interface Sought {
  readonly text: string;
  readonly kind: LedgerKind | '';
}

/** The newest first. @param codes those of open rooms. */
export function ledgerView(
  entries: readonly LedgerEntry[],
  codes: readonly string[],
  sought: Sought,
): LedgerRow[] {
  const found = entries.filter((entry) => isSought(entry, sought)).slice(0, MOST_ROWS);
  const known = codes.filter(({ length }) => length <= LONGEST_CODE).slice(0, MOST_CODES);
  const meant = new Map<string, string | undefined>();
  return found.map((entry) => {
    if (isFinding(entry)) return findingRow(entry);
    const { serverCode = '', ending } = entry;
    if (ending !== 'no-such-code') return endingRow(entry, {});
    if (!meant.has(serverCode)) meant.set(serverCode, likely(serverCode, known));
    const endedBefore = meant.get(serverCode) === undefined ? sinceGame(entry, entries) : undefined;
    return endingRow(entry, { meant: meant.get(serverCode), endedBefore });
  });
}

/** Codes have capital letters as a rule, and thumbs do not. */
function likely(typed: string, known: readonly string[]): string | undefined {
  if (typed.length > LONGEST_CODE) return undefined;
  const plain = typed.trim().toUpperCase();
  return known.find((code) => code.trim().toUpperCase() === plain) ?? closest(plain, known);
}

/** Milliseconds for which the game under that code was gone when somebody came too late. */
function sinceGame({ id, serverCode, at }: EndingEntry, entries: readonly LedgerEntry[]): number | undefined {
  const host = entries.find((other) => other.id < id && other.serverCode === serverCode && hasHosted(other));
  return host && at.getTime() - host.at.getTime();
}

function hasHosted(entry: LedgerEntry): boolean {
  return isEnding(entry) && entry.role === 'host' && kindOf(entry) !== 'refused';
}

function isSought(entry: LedgerEntry, { text, kind }: Sought): boolean {
  if (kind !== '' && kindOf(entry) !== kind) return false;
  const wanted = text.toLowerCase();
  return textsOf(entry).some((value) => value?.toLowerCase().includes(wanted));
}

function textsOf(entry: LedgerEntry): (string | undefined)[] {
  if (isFinding(entry)) return [entry.serverCode, entry.finding];
  return [entry.serverCode, entry.clientId, entry.address, entry.ending];
}

function findingRow(entry: FindingEntry): LedgerRow {
  const { id, at, finding } = entry;
  return {
    ...{ id, at: at.getTime(), kind: kindOf(entry), name: finding, rule: FINDING_RULE, times: 1 },
    ...{ reason: mistakeOf(entry), advice: MISTAKES[finding].fix },
  };
}

function endingRow(entry: EndingEntry, clue: Clue): LedgerRow {
  const { id, at, ending, rule, times, address, duration, messagesIn, messagesOut } = entry;
  return {
    ...{ id, at: at.getTime(), kind: kindOf(entry), name: ending, rule, times, address },
    ...{ reason: reasonOf(entry, clue), advice: ADVICE[ending] },
    ...{ duration, messagesIn, messagesOut, roundTrip: entry.roundTrip, waiting: entry.waiting },
  };
}

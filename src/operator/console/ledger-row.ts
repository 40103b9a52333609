/** A line of the ledger as it is shown: told in a sentence. */
import { type EndingEntry, type FindingEntry, isFinding, type LedgerEntry } from '../ledger/entry.js';
import { MISTAKES } from '../ledger/finding.js';
import { ENDINGS } from '../../relay/rooms/endings.js';
import type { LedgerRow } from './look.js';
import { type Clue, kindOf, mistakeOf, reasonOf } from './reasons.js';

/** The rule of SPEC.md by which the relay reports a mistake of a game. */
const FINDING_RULE = 'O16';

/** @param meant of a wrong code, the open one that was probably meant. */
export function rowOf(entry: LedgerEntry, meant?: string): LedgerRow {
  if (isFinding(entry)) return findingRow(entry);
  const { at, gameEnded } = entry;
  const endedBefore = gameEnded && at.getTime() - gameEnded.getTime();
  return endingRow(entry, { meant, endedBefore });
}

function findingRow(entry: FindingEntry): LedgerRow {
  const { id, at, finding } = entry;
  return {
    ...{ id, at: at.getTime(), kind: kindOf(entry), name: finding, rule: FINDING_RULE, times: 1 },
    ...{ reason: mistakeOf(entry), advice: MISTAKES[finding].fix },
  };
}

function endingRow(entry: EndingEntry, clue: Clue): LedgerRow {
  const { id, at, since, ending, rule, times, address, duration, messagesIn, messagesOut } = entry;
  return {
    ...{ id, at: at.getTime(), since: since?.getTime(), times },
    ...{ kind: kindOf(entry), name: ending, rule, address },
    ...{ reason: reasonOf(entry, clue), advice: ENDINGS[ending].advice },
    ...{ duration, messagesIn, messagesOut, roundTrip: entry.roundTrip, waiting: entry.waiting },
  };
}

/** What stands in the ledger. */
import type { EndingReport } from '../relay.port.js';
import type { FindingKind } from './finding.js';

interface Entry {
  /** Rises by one with each entry. */
  readonly id: number;
  readonly at: Date;
}

/** One ending or refusal. The texts are the peer's own: escape them for where they are shown. */
export interface EndingEntry extends Entry, EndingReport {
  /** Upgrade requests of the address that were refused within a minute from `at`; 1 for all else. */
  times: number;
}

/** What the game of a room was first seen to get wrong. The code is the host's own text. */
export interface FindingEntry extends Entry {
  readonly finding: FindingKind;
  readonly serverCode: string;
}

export type LedgerEntry = EndingEntry | FindingEntry;

export function isFinding(entry: LedgerEntry): entry is FindingEntry {
  return 'finding' in entry;
}

export function isEnding(entry: LedgerEntry): entry is EndingEntry {
  return !isFinding(entry);
}

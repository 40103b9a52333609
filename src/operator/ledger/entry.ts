/** What stands in the ledger. */
import type { EndingReport } from '../../relay/session/ending-report.js';
import type { FindingKind } from './finding.js';

interface Entry {
  /** Rises with each entry. */
  readonly id: number;
  readonly at: Date;
  /** The ledger keeps it no longer. */
  isForgotten?: true;
}

/** One ending or refusal. The texts are the peer's own: escape them for where they are shown. */
export interface EndingEntry extends Entry, EndingReport {
  /** How many equal refusals it stands for; it describes the newest. 1 for all else. */
  readonly times: number;
  /** When the first of them was. */
  readonly since?: Date | undefined;
  /** Of a code that no host holds: when the last game under it ended, as far as the ledger goes back. */
  readonly gameEnded?: Date | undefined;
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

/** What a viewer looks for in the ledger, found once, and then kept up with what is written. */
import { isEnding, isFinding, type LedgerEntry } from '../ledger/entry.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Codes } from './codes.js';
import { rowOf } from './ledger-row.js';
import type { LedgerKind } from './look.js';
import type { IsOver } from './pace.js';
import { kindOf } from './reasons.js';

/** Rows that are shown at once. */
const MOST_ROWS = 100;

/** Entries that are looked at before the time is. */
const STEP = 32;

/** A text in a code, id, address or name, and a kind; empty for all. */
export interface Sought {
  readonly text: string;
  readonly kind: LedgerKind | '';
}

/** A row as it is sent. */
interface Row {
  readonly entry: LedgerEntry;
  readonly meant: string | undefined;
  readonly json: string;
}

/** Shared by all who look for the same. Keeps the rows that are shown, and where it stands. */
export class LedgerSearch {
  /** The rows as a JSON array, the newest first. */
  json = '[]';
  private rows: readonly Row[] = [];
  /** The newest entry that was looked at. */
  private seen = 0;
  /** There may be older ones than those that are shown. */
  private hasMore = false;
  private walk: Walk | undefined;
  private readonly text: string;

  constructor(
    private readonly ledger: Ledger,
    private readonly codes: Codes,
    private readonly sought: Sought,
    private readonly inWords: (advice: string) => string = (advice) => advice,
  ) {
    this.text = sought.text.toLowerCase();
  }

  /** Looks at what was written since. False if it needs another turn for that. */
  advance(isOver: IsOver): boolean {
    this.walk ??= { entries: this.ledger.newestFirst(), newest: undefined, rows: [] };
    const isDone = this.goOn(this.walk, isOver);
    if (isDone) this.finish(this.walk);
    return isDone;
  }

  private goOn(walk: Walk, isOver: IsOver): boolean {
    for (let steps = 1; walk.rows.length < MOST_ROWS; steps++) {
      const { value: entry } = walk.entries.next();
      if (entry === undefined || entry.id <= this.seen) return true;
      walk.newest ??= entry.id;
      const isFound = this.isSought(entry);
      if (isFound) walk.rows.push(this.rowFor(entry));
      if ((isFound || steps % STEP === 0) && isOver()) return false;
    }
    this.hasMore = true;
    return true;
  }

  private finish({ newest = this.seen, rows }: Walk): void {
    this.walk = undefined;
    const all = [...rows, ...this.rows].filter(({ entry }) => !entry.isForgotten);
    this.hasMore ||= all.length > MOST_ROWS;
    this.rows = all.slice(0, MOST_ROWS).map((row) => this.upToDate(row));
    this.seen = newest;
    this.json = `[${this.rows.map(({ json }) => json).join(',')}]`;
    // Some of them were forgotten, and there are others behind them: the next look begins at the newest entry.
    if (!this.hasMore || this.rows.length === MOST_ROWS) return;
    this.rows = [];
    this.seen = 0;
    this.hasMore = false;
  }

  private rowFor(entry: LedgerEntry): Row {
    const meant = this.meantBy(entry);
    const row = rowOf(entry, meant);
    const advice = row.advice === undefined ? undefined : this.inWords(row.advice);
    return { entry, meant, json: JSON.stringify({ ...row, advice }) };
  }

  /** By now there may be a room of that code. */
  private upToDate(row: Row): Row {
    return this.meantBy(row.entry) === row.meant ? row : this.rowFor(row.entry);
  }

  private meantBy(entry: LedgerEntry): string | undefined {
    return isEnding(entry) && entry.ending === 'no-such-code' ? this.codes.meantBy(entry) : undefined;
  }

  private isSought(entry: LedgerEntry): boolean {
    const { kind } = this.sought;
    if (kind !== '' && kindOf(entry) !== kind) return false;
    return this.text === '' || textsOf(entry).some((value) => value?.toLowerCase().includes(this.text));
  }
}

/** From the newest entry backwards, with what it has found so far. */
interface Walk {
  readonly entries: Iterator<LedgerEntry, void>;
  newest: number | undefined;
  readonly rows: Row[];
}

function textsOf(entry: LedgerEntry): (string | undefined)[] {
  if (isFinding(entry)) return [entry.serverCode, entry.finding];
  return [entry.serverCode, entry.clientId, entry.address, entry.ending];
}

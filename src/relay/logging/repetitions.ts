/** Keeps an address that does the same again and again from filling the log. */
import { keyOf } from '../limits/address.js';

/** Lines of one kind that one address causes, and that are written one by one in a {@link WINDOW}. */
const TOLD = 5;

/** Milliseconds after which the others share one line. */
export const WINDOW = 10_000;

/** Addresses and kinds that are counted separately at the same time. */
const MOST_ROWS = 1_000;

/** What stands for the addresses that are too many to be told apart. */
const OTHERS = 'other addresses';

/** How many lines were not written one by one. */
export interface Summary<Kind extends string> {
  /** Of IPv6 the /64 (A15). */
  readonly address: string;
  readonly kind: Kind;
  readonly times: number;
}

interface Row<Kind extends string> extends Summary<Kind> {
  times: number;
}

/**
 * Whatever a peer can cause is of a kind, and each line of it asks here first. Peers of this machine, a proxy that was
 * not named among them, are always told one by one (A24).
 */
export class Repetitions<Kind extends string> {
  private rows = new Map<string, Row<Kind>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (summary: Summary<Kind>) => void) {}

  /** Counts a line. Whether it is to be written. */
  isTold(address: string, kind: Kind): boolean {
    const key = keyOf(address);
    if (key === undefined) return true;
    this.timer ??= setTimeout(() => this.flush(), WINDOW).unref();
    return ++this.rowFor(key, kind).times <= TOLD;
  }

  /** Tells what was not told yet. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = [...this.rows.values()];
    this.rows = new Map();
    for (const { address, kind, times } of rows) {
      if (times > TOLD) this.tell({ address, kind, times: times - TOLD });
    }
  }

  private rowFor(address: string, kind: Kind): Row<Kind> {
    const isNew = !this.rows.has(`${kind} ${address}`);
    const shown = isNew && this.rows.size >= MOST_ROWS ? OTHERS : address;
    const key = `${kind} ${shown}`;
    const row = this.rows.get(key) ?? { address: shown, kind, times: 0 };
    this.rows.set(key, row);
    return row;
  }
}

/** Keeps somebody who is refused again and again from filling the log. */
import { keyOf } from '../limits/address.js';
import type { Ending } from '../rooms/endings.js';

/** Refusals of one address for one reason that are told one by one in a {@link WINDOW}. */
const TOLD = 5;

/** Milliseconds after which those that were not are told together. */
export const WINDOW = 10_000;

/** Addresses and reasons that are told apart at the same time. */
const MOST_ROWS = 1_000;

/** What stands for the addresses that are too many to be told apart. */
const OTHERS = 'other addresses';

/** How many refusals were not told one by one. */
export interface Summary {
  /** Of IPv6 the /64 (A15). */
  readonly address: string;
  readonly ending: Ending;
  readonly times: number;
}

interface Row extends Summary {
  times: number;
}

/** Peers of this machine, a proxy that was not named among them, are always told one by one (A24). */
export class Refusals {
  private rows = new Map<string, Row>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tell: (summary: Summary) => void) {}

  /** Counts a refusal. Whether it is told by itself. */
  isTold(address: string, ending: Ending): boolean {
    const key = keyOf(address);
    if (key === undefined) return true;
    this.timer ??= setTimeout(() => this.flush(), WINDOW).unref();
    return ++this.rowFor(key, ending).times <= TOLD;
  }

  /** Tells what was not told yet. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = [...this.rows.values()];
    this.rows = new Map();
    for (const { address, ending, times } of rows) {
      if (times > TOLD) this.tell({ address, ending, times: times - TOLD });
    }
  }

  private rowFor(address: string, ending: Ending): Row {
    const isNew = !this.rows.has(`${ending} ${address}`);
    const shown = isNew && this.rows.size >= MOST_ROWS ? OTHERS : address;
    const key = `${ending} ${shown}`;
    const row = this.rows.get(key) ?? { address: shown, ending, times: 0 };
    this.rows.set(key, row);
    return row;
  }
}

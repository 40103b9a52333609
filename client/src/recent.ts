/** When this device was last in which party: a page that is reloaded must not be treated worse than one that is not. */
import { recall, remember, type StorePlace } from './store.js';

export class Recent {
  readonly #place: StorePlace;
  readonly #key: string;
  readonly #keptMs: number;

  /** Parties that were left longer ago than `keptMs` are forgotten. */
  constructor(place: StorePlace, key: string, keptMs: number) {
    this.#place = place;
    this.#key = key;
    this.#keptMs = keptMs;
  }

  /** The party that it was in last. */
  get last(): string | undefined {
    return [...this.#read()].sort(([, a], [, b]) => b - a)[0]?.[0];
  }

  /** By `Date.now()`; -Infinity if it was not within `keptMs`. */
  lastIn(code: string): number {
    return this.#read().get(code) ?? -Infinity;
  }

  /** The device is, or was, in that party at that time; -Infinity if it never was. */
  note(code: string, at: number): void {
    const parties = this.#read();
    if (at === -Infinity) parties.delete(code);
    else parties.set(code, at);
    remember(this.#place, this.#key, JSON.stringify([...parties]));
  }

  #read(): Map<string, number> {
    const parties = new Map<string, number>();
    const now = Date.now();
    for (const [code, at] of readPairs(recall(this.#place, this.#key))) {
      // A time that is yet to come was written before the clock was set.
      if (at <= now && now - at < this.#keptMs) parties.set(code, at);
    }
    return parties;
  }
}

/** What the store holds may have been written by anything. */
function readPairs(text = '[]'): [string, number][] {
  try {
    const kept: unknown = JSON.parse(text);
    return Array.isArray(kept) ? kept.filter(isPair) : [];
  } catch {
    return [];
  }
}

function isPair(pair: unknown): pair is [string, number] {
  return Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'number';
}

/** The codes of open rooms, one of which a player may have meant who typed another one. */
import { Names } from '../../config/closest.js';
import type { EndingEntry } from '../ledger/entry.js';

/** Codes among which a mistyped one is looked for, and its longest: rubbish that a player types must not cost. */
const MOST_CODES = 500;
const LONGEST_CODE = 16;

/** What each entry's code probably meant is looked for once, and is then known for as long as the entry is kept. */
export class Codes {
  private guesses = new WeakMap<EndingEntry, { readonly meant: string | undefined }>();
  private open: ReadonlySet<string> = new Set();
  private known: Known | undefined;
  private time = 0;

  /** These are open now. @param time by the clock on the wall. */
  set(codes: Iterable<string>, time: number): void {
    this.open = new Set(codes);
    this.known = undefined;
    this.time = time;
  }

  /** The code itself if there is a room by now, or else the one that was probably meant. */
  meantBy(entry: EndingEntry): string | undefined {
    const { serverCode = '', at } = entry;
    if (this.open.has(serverCode)) return serverCode;
    const guess = this.guesses.get(entry);
    if (guess !== undefined) return guess.meant;
    const meant = this.guess(serverCode);
    // Rooms that were looked at before may lack the one that had just opened.
    if (at.getTime() <= this.time) this.guesses.set(entry, { meant });
    return meant;
  }

  /** Codes have capital letters as a rule, and thumbs do not. */
  private guess(typed: string): string | undefined {
    if (typed.length > LONGEST_CODE) return undefined;
    this.known ??= knownOf(this.open);
    const plain = plainly(typed);
    return this.known.byPlain.get(plain) ?? this.known.names.closest(plain);
  }
}

interface Known {
  readonly names: Names;
  readonly byPlain: ReadonlyMap<string, string>;
}

function knownOf(open: Iterable<string>): Known {
  const codes: string[] = [];
  for (const code of open) {
    if (code.length <= LONGEST_CODE) codes.push(code);
    if (codes.length === MOST_CODES) break;
  }
  // The first of those that look the same counts.
  const byPlain = new Map(codes.toReversed().map((code) => [plainly(code), code]));
  return { names: new Names(codes), byPlain };
}

function plainly(code: string): string {
  return code.trim().toUpperCase();
}

/** What an address has asked about codes, and how much more it may ask (A17). */
import { ownText } from '../rooms/own-copy.js';
import type { CodeQuestion } from '../session/login-limits.js';
import type { TokenBucket } from './token-bucket.js';

/** Questions that an address may ask again without making a new guess: its parties that lost their hosts. */
const QUESTIONS_REMEMBERED = 10;

const SECOND = 1_000;

/**
 * A token is taken before the answer is known, and given back when a code is open: of questions that all wait for
 * another node no more are answered than there are tokens.
 */
export class Guesses {
  private readonly members = new Map<string, number>();
  /** The codes of each question. */
  private readonly failed: (readonly string[])[] = [];
  private readonly asking = new Set<readonly string[]>();

  /**
   * @param tokens undefined if the limit is off.
   * @param keptForHosts the number of last tokens that only hosts get: a neighbour who guesses keeps no host out.
   * @param now milliseconds of a monotonic clock.
   */
  constructor(
    private readonly tokens: TokenBucket | undefined,
    private readonly keptForHosts: number,
    private readonly now: () => number,
  ) {}

  get hasMembers(): boolean {
    return this.members.size > 0;
  }

  /** A host or player of the code has logged in (`by` 1) or is gone (-1). */
  countMember(serverCode: string, by: 1 | -1): void {
    const count = (this.members.get(serverCode) ?? 0) + by;
    if (count > 0) this.members.set(serverCode, count);
    else this.members.delete(serverCode);
  }

  ask(codes: readonly string[]): CodeQuestion {
    const known = codes.filter((code) => this.knows(code));
    if (this.tokens === undefined || known.length === codes.length) return this.askAgain(codes);
    const now = this.now();
    const wait = Math.ceil(this.tokens.msUntil(1 + this.keptForHosts, now) / SECOND);
    if (wait > 0) return { ...freeQuestion(known), wait };
    this.tokens.spend(1, now);
    const asked = codes.map(ownText);
    this.asking.add(asked);
    return { codes, wait: 0, settle: (isClosed) => this.settle(asked, isClosed) };
  }

  /** Whether a host may ask for the code, which costs as much whether it is free or taken. */
  letHostAsk(serverCode: string): boolean {
    return this.knows(serverCode) || this.tokens === undefined || this.tokens.take(1, this.now());
  }

  /** What is asked for again and again stays among the last, whatever else its address asks for. */
  private askAgain(codes: readonly string[]): CodeQuestion {
    const at = this.failed.findIndex((asked) => codes.every((code) => asked.includes(code)));
    if (at >= 0) this.failed.push(...this.failed.splice(at, 1));
    return freeQuestion(codes);
  }

  /** Whether an answer about the code tells the address nothing that it does not know, or has not just paid for. */
  private knows(serverCode: string): boolean {
    if (this.members.has(serverCode)) return true;
    return [...this.failed, ...this.asking].some((codes) => codes.includes(serverCode));
  }

  private settle(asked: readonly string[], isClosed: boolean): void {
    if (!this.asking.delete(asked)) return;
    if (!isClosed) return this.tokens?.giveBack(1);
    this.failed.push(asked);
    if (this.failed.length > QUESTIONS_REMEMBERED) this.failed.shift();
  }
}

/** One that may be answered, and costs nothing. */
export function freeQuestion(codes: readonly string[]): CodeQuestion {
  return { codes, wait: 0, settle: () => undefined };
}

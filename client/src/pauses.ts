/** How long to wait before the next attempt. */
import type { Verdict } from './role.js';

const FIRST_PAUSE_MS = 300;

export class Pauses {
  readonly #longest: number;
  #failures = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The next pause is a short one. */
  reset(): void {
    this.#failures = 0;
  }

  /**
   * Milliseconds. Full jitter: after a restart a thousand phones must not come back at once. A host that insists is
   * alone, and must not ask more often than an address may (A18).
   */
  next(verdict: Verdict['next']): number {
    const longest = Math.min(this.#longest, FIRST_PAUSE_MS * 2 ** this.#failures++);
    return longest * (verdict === 'insist' ? 0.75 + Math.random() / 4 : Math.random());
  }
}

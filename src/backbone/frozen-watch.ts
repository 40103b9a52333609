/** How a node knows that it has stood still. */

/** Ticks missing for so long are no busy process but a frozen one, in milliseconds. */
const FROZEN = 2_000;

/**
 * A process that was stopped for longer than its lease may be trusted wakes with messages in its sockets, and reads
 * them before any of its timers: so it is asked before anything leaves (B5). A node that only cannot reach the broker
 * goes on ticking, and is not meant.
 */
export class FrozenWatch {
  private tickedAt: number;

  /** @param trustedUntil the instant at which what the node holds may become another's, by the clock of `now`. */
  constructor(
    private readonly now: () => number,
    private readonly trustedUntil: () => number,
    private readonly thawed: () => void,
  ) {
    this.tickedAt = now();
  }

  tick(): void {
    this.check();
    this.tickedAt = this.now();
  }

  /** Whether all is well: false, once, if it has just woken. */
  check(): boolean {
    const now = this.now();
    // First, since it is nearly always so, and what leaves waits for the answer.
    if (now - this.tickedAt < FROZEN) return true;
    const end = this.trustedUntil();
    // Both ends are looked at now, and nothing was noted at the last tick: trust may have begun right behind it.
    const hasWoken = end >= this.tickedAt && end <= now;
    if (hasWoken) this.thawed();
    return !hasWoken;
  }
}

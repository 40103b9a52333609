/** How a node knows that it has stood still. */
import type { Clock } from '../clock.js';

/** Ticks missing for so long are no busy process but a frozen one, in milliseconds. */
const FROZEN = 2_000;

/**
 * A process that was stopped for longer than its lease may be trusted wakes with messages in its sockets, and reads
 * them before any of its timers: so it is asked before anything leaves (B5). A node that only cannot reach the broker
 * goes on ticking, and is not meant.
 */
export class FrozenWatch {
  private tickedAt: number;

  /** @param trustedUntil the instant at which what the node holds may become another's, by `clock`. */
  constructor(
    private readonly clock: Clock,
    private readonly trustedUntil: () => number,
    private readonly thawed: () => void,
  ) {
    this.tickedAt = clock.now();
  }

  tick(): void {
    this.check();
    this.tickedAt = this.clock.now();
  }

  /**
   * Whether all is well: false, once, if it has just woken. It is nearly always true, and asked before each write, when
   * the system call before has emptied the caches: a way here over more objects cost 1 to 2 % of all that a relay does.
   */
  check(): boolean {
    const now = this.clock.now();
    if (now - this.tickedAt < FROZEN) return true;
    const end = this.trustedUntil();
    // Both ends are looked at now, and nothing was noted at the last tick: trust may have begun right behind it.
    const hasWoken = end >= this.tickedAt && end <= now;
    if (hasWoken) this.thawed();
    return !hasWoken;
  }
}

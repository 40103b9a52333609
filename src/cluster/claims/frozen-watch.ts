/** How a node knows that it has stood still. */
import type { Clock } from '../clock.js';

/** Milliseconds without a tick after which a process was frozen, and not just busy. */
const FROZEN = 2_000;

/** What a frozen node may have lost. */
export interface Guarded {
  /** The instant at which what the node holds may become another's, by the watch's clock; 0 if it may be already. */
  readonly trustedUntil: number;
}

/**
 * A process that was stopped for longer than its lease may be trusted wakes with messages in its sockets, and reads
 * them before any of its timers: so whatever lets something leave asks the watch before (B5). A node that only cannot
 * reach the broker goes on ticking, and is not meant.
 *
 * The turn of the event loop needs the watch, and the node needs the turn: so the watch is there first, and the node
 * {@link guard}s itself with it. Until then the node holds nothing that it could lose.
 */
export class FrozenWatch {
  private tickedAt: number;
  private guarded: Guarded = { trustedUntil: 0 };
  private thawed = (): void => undefined;

  constructor(private readonly clock: Clock) {
    this.tickedAt = clock.now();
  }

  /** @param thawed called as soon as the watch finds that the node stood still for longer than it may be trusted. */
  guard(guarded: Guarded, thawed: () => void): void {
    this.guarded = guarded;
    this.thawed = thawed;
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
    const end = this.guarded.trustedUntil;
    // Both ends are looked at now, and nothing was noted at the last tick: trust may have begun right behind it.
    const hasWoken = end >= this.tickedAt && end <= now;
    if (hasWoken) this.thawed();
    return !hasWoken;
  }
}

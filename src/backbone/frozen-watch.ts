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
  private wasTrusted = false;

  constructor(
    private readonly now: () => number,
    private readonly isTrusted: () => boolean,
    private readonly thawed: () => void,
  ) {
    this.tickedAt = now();
  }

  tick(): void {
    this.check();
    this.tickedAt = this.now();
    this.wasTrusted = this.isTrusted();
  }

  check(): void {
    if (!this.wasTrusted || this.now() - this.tickedAt < FROZEN || this.isTrusted()) return;
    this.wasTrusted = false;
    this.thawed();
  }
}

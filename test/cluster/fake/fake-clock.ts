// Time in the hand of a test: nothing happens until the test lets it pass.
import type { Clock } from '../../../src/cluster/clock.js';

interface Due {
  at: number;
  readonly order: number;
  readonly work: () => void;
  readonly every?: number;
}

/** The time of a whole test; each node has a {@link NodeClock} that shows it. */
export class FakeTime {
  now = 0;
  private readonly due = new Set<Due>();
  private orders = 0;

  after(ms: number, work: () => void): () => void {
    return this.add({ at: this.now + ms, order: this.orders++, work });
  }

  every(ms: number, work: () => void): () => void {
    return this.add({ at: this.now + ms, order: this.orders++, work, every: ms });
  }

  /** Lets time pass, and everything happen that is due meanwhile, in its order. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await settle();
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.now = next.at;
      if (next.every === undefined) this.due.delete(next);
      else next.at += next.every;
      next.work();
      await settle();
    }
    this.now = end;
  }

  private add(due: Due): () => void {
    this.due.add(due);
    return () => this.due.delete(due);
  }

  private next(end: number): Due | undefined {
    let first: Due | undefined;
    for (const due of this.due) {
      if (due.at > end) continue;
      if (first === undefined || due.at < first.at || (due.at === first.at && due.order < first.order))
        first = due;
    }
    return first;
  }
}

/** Promises and turns of the event loop take no time. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** What a node sees of the time: a frozen one finds on waking that much of it has passed. */
export class NodeClock implements Clock {
  private isFrozen = false;
  private readonly late = new Set<() => void>();

  constructor(private readonly time: FakeTime) {}

  now(): number {
    return this.time.now;
  }

  every(ms: number, work: () => void): () => void {
    return this.time.every(ms, () => this.run(work));
  }

  after(ms: number, work: () => void): () => void {
    return this.time.after(ms, () => this.run(work));
  }

  freeze(): void {
    this.isFrozen = true;
  }

  /** `first` happens before any timer, as sockets are read before. */
  thaw(first: () => void): void {
    this.isFrozen = false;
    first();
    for (const work of [...this.late]) work();
    this.late.clear();
  }

  /** Does it now, or, once, on waking. */
  run(work: () => void): void {
    if (this.isFrozen) this.late.add(work);
    else work();
  }
}

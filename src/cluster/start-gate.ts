/** Logins that come before the node can serve them, since it has just started. */
import { type Clock, within } from './clock.js';

/** Each waits until the node can serve it, or knows that it cannot, and no longer than `patience`. */
export class StartGate {
  private isLeased = false;
  private readonly awaitingLease = new Set<() => void>();
  private readonly awaitingUp = new Set<() => void>();

  /** @param patience milliseconds. */
  constructor(
    private readonly clock: Clock,
    private readonly patience: number,
  ) {}

  /** Resolves when the node is one of many, or knows that it is not. */
  untilUp(): Promise<void> {
    return this.wait(this.awaitingUp);
  }

  /** Resolves when the node is alive in the eyes of the others: at once, if it ever was. */
  async untilLeased(): Promise<void> {
    if (!this.isLeased) await this.wait(this.awaitingLease);
  }

  leased(): void {
    this.isLeased = true;
    letGo(this.awaitingLease);
  }

  stateKnown(): void {
    letGo(this.awaitingUp);
  }

  private wait(waiting: Set<() => void>): Promise<void> {
    const passed = new Promise<void>((resolve) => waiting.add(resolve));
    return within(this.clock, this.patience, passed, () => undefined);
  }
}

function letGo(waiting: Set<() => void>): void {
  for (const go of waiting) go();
  waiting.clear();
}

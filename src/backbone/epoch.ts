/** Whether the table of codes is the one that it was. */
import type { EngineTable } from './engine.js';
import type { Timings } from './timings.js';

/** No code is spelled like this: see `tokenOf`. */
const KEY = 'epoch';

/**
 * A broker that comes back without its store would give away codes that are held. So the first node that finds
 * the table without a name names it, and no new code is given out until it is older than any trust in a lease
 * (B8): `new`, and after that time `settled`. A node that comes to a settled table need not wait.
 */
export class Epoch {
  private name = '';
  private seenAt = 0;
  private isSettled = false;

  /** @param node makes the name of a table unlike any other. */
  constructor(
    private readonly node: string,
    private readonly now: () => number,
    private readonly timings: Pick<Timings, 'quarantine' | 'trust'>,
  ) {}

  /** Whether new codes may be given out. */
  get isOpen(): boolean {
    return this.isSettled;
  }

  /** Whether no node can still trust a lease that it had at the broker of the table before this one. */
  get isUndisputed(): boolean {
    return this.isSettled || this.now() - this.seenAt >= this.timings.trust;
  }

  /** Looks at the table. True if it is another than before, and what this node holds is not in it. */
  async check(codes: EngineTable): Promise<boolean> {
    const found = await codes.get(KEY);
    if (found === undefined) {
      await codes.create(KEY, `new ${this.node} ${this.now()}`);
      // Somebody else may have been first: the next look tells.
      this.isSettled = false;
      return this.check(codes);
    }
    const [state = '', ...name] = found.value.split(' ');
    const isOther = this.rename(name.join(' '));
    this.isSettled = state === 'settled';
    if (!this.isSettled && this.now() - this.seenAt >= this.timings.quarantine) {
      await codes.update(KEY, `settled ${this.name}`, found.revision);
      this.isSettled = true;
    }
    return isOther;
  }

  private rename(name: string): boolean {
    if (name === this.name) return false;
    const isFirst = this.name === '';
    this.name = name;
    this.seenAt = this.now();
    return !isFirst;
  }
}

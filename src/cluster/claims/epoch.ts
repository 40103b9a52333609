/** Which store the broker has: it may lose one and begin another. */
import type { BrokerTable } from '../broker/broker.js';
import type { Timings } from '../timings.js';

/** No code is spelled like this: see `tokenOf`. */
const KEY = 'epoch';

/** What a look at the table shows. */
interface Sight {
  readonly name: string;
  readonly isSettled: boolean;
}

/**
 * A broker that lost its store would give away codes that are held. So the first node that finds the table without a
 * name names it, and nodes give no new code out until that name is older than any trust in a lease (B8). A node that has
 * known it for that long calls it settled, and a node that comes to a settled table need not wait.
 */
export class Epoch {
  /** The name of the table; empty until it was looked at. */
  name = '';
  private named = 0;
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

  /** Looks at the table and changes nothing here: the renewal may have given up on the answer. */
  async look(codes: BrokerTable): Promise<Sight> {
    const name = await nameOf(codes);
    if (name !== undefined) return { name, isSettled: await this.isSettledAs(name, codes) };
    await codes.create(KEY, `${this.node}-${++this.named}`);
    // Another node may have been first.
    return this.look(codes);
  }

  /** Takes in what a look has shown. True if the table is another than before, and what this node holds is not in it. */
  saw({ name, isSettled }: Sight): boolean {
    this.isSettled = isSettled;
    if (name === this.name) return false;
    const isFirst = this.name === '';
    this.name = name;
    this.seenAt = this.now();
    return !isFirst;
  }

  private async isSettledAs(name: string, codes: BrokerTable): Promise<boolean> {
    const isKnown = name === this.name;
    if (isKnown && this.isSettled) return true;
    const key = keyIn(name, 'settled');
    const isOld = isKnown && this.now() - this.seenAt >= this.timings.quarantine;
    if (isOld) await codes.create(key, this.node);
    return isOld || (await codes.get(key)) !== undefined;
  }
}

/** The name of the table, if it has one. */
export async function nameOf(codes: BrokerTable): Promise<string | undefined> {
  return (await codes.get(KEY))?.value;
}

/** How an entry is called in the epoch of that name. */
export function keyIn(epoch: string, key: string): string {
  return `${epoch}.${key}`;
}

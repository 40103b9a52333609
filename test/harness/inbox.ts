// A queue that can be waited for: what has arrived and was not yet looked at.
import { within } from './deadline.js';

/** Things in the order in which they arrived, each handed out once; one reader at a time. */
export class Inbox<T> {
  private readonly arrived: T[] = [];
  private reader: { resolve: (item: T) => void; reject: (error: Error) => void } | undefined;
  private over: Error | undefined;

  /** What has arrived and was not taken, oldest first; a copy. */
  get waiting(): T[] {
    return [...this.arrived];
  }

  put(item: T): void {
    const reader = this.reader;
    this.reader = undefined;
    if (reader) reader.resolve(item);
    else this.arrived.push(item);
  }

  /** Nothing comes any more: a waiting test learns why, and so does one that asks when all has been taken. */
  end(why: string): void {
    this.over ??= new Error(why);
    this.reader?.reject(this.over);
    this.reader = undefined;
  }

  /** The oldest item that was not taken yet; waits for it. Rejects when none will come. */
  next(what: string): Promise<T> {
    const item = this.arrived.shift();
    if (item !== undefined) return Promise.resolve(item);
    if (this.over) return Promise.reject(new Error(`${what}: ${this.over.message}`));
    if (this.reader) return Promise.reject(new Error(`${what}: another reader is waiting for the same`));
    return within(
      new Promise<T>((resolve, reject) => {
        this.reader = { resolve, reject };
      }),
      what,
    );
  }

  /** The next `count` items. */
  async take(count: number, what: string): Promise<T[]> {
    const items: T[] = [];
    while (items.length < count) items.push(await this.next(`${what} (${items.length} of ${count} came)`));
    return items;
  }

  /** Takes all that has arrived, without waiting. */
  drain(): T[] {
    return this.arrived.splice(0);
  }
}

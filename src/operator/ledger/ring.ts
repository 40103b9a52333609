/** The last things of an endless row. */

/** Keeps `size` items at most; each further one takes the place of the oldest. */
export class Ring<T> {
  private readonly items: T[] = [];
  private next = 0;

  /** May be changed while it is empty. */
  constructor(public size: number) {}

  /** Returns the item that had to go for it, if any. */
  add(item: T): T | undefined {
    const oldest = this.items[this.next];
    this.items[this.next] = item;
    this.next = (this.next + 1) % this.size;
    return oldest;
  }

  newestFirst(): T[] {
    return [...this.items.slice(this.next), ...this.items.slice(0, this.next)].reverse();
  }
}

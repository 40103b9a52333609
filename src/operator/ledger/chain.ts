/** Things in the order in which they came, any of which may go at any time. */

export class Link<T> {
  newer: Link<T> | undefined = undefined;
  isGone = false;

  constructor(
    readonly item: T,
    public older: Link<T> | undefined,
  ) {}
}

/** Each call takes the same time, however many there are: a `Set` looks for its oldest item among all that have gone. */
export class Chain<T> {
  size = 0;
  private first: Link<T> | undefined;
  private last: Link<T> | undefined;

  get oldest(): T | undefined {
    return this.first?.item;
  }

  add(item: T): Link<T> {
    const link = new Link(item, this.last);
    if (this.last === undefined) this.first = link;
    else this.last.newer = link;
    this.last = link;
    this.size++;
    return link;
  }

  remove(link: Link<T>): void {
    const { older, newer } = link;
    if (older === undefined) this.first = newer;
    else older.newer = newer;
    if (newer === undefined) this.last = older;
    else newer.older = older;
    // What it was behind stays known: a walk that stands on it goes on from there.
    link.isGone = true;
    this.size--;
  }

  /** May be walked over many turns: what goes meanwhile is left out, and so is what comes. */
  *newestFirst(): Generator<T, void> {
    for (let link = this.last; link !== undefined; link = link.older) if (!link.isGone) yield link.item;
  }
}

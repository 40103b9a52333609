/** A row with an end, in which no holder pushes out what belongs to others. */
import { Chain, type Link } from './chain.js';

/** A holder of more than this part of a full row loses its own oldest item when any holder adds one. */
const SHARES = 4;

/** This number of items is a fair share of any row. */
const LEAST_SHARE = 8;

/** Where an item stands: among all, and among those of its holder. */
export interface Place<T> {
  readonly item: T;
  readonly holder: string;
  among: Link<Place<T>>;
  own: Link<Place<T>>;
}

/**
 * A holder may have the whole row as long as no other holder has anything: a relay that sees one address only, since it
 * stands behind a proxy that it does not know, uses all of it. Adding and removing take the same time in any row.
 */
export class FairRow<T> {
  private readonly all = new Chain<Place<T>>();
  private readonly byHolder = new Map<string, Chain<Place<T>>>();
  // Three at most, but for tiny rows: each has more than a quarter.
  private readonly greedy = new Set<Chain<Place<T>>>();

  /**
   * @param size items at most; may be changed as long as there are none.
   * @param gone told of each item that has left the row.
   */
  constructor(
    public size: number,
    private readonly gone: (item: T) => void,
  ) {}

  /** Adds the item as the newest. If there are too many, the oldest goes, of all or of who has most. */
  add(item: T, holder: string): Place<T> {
    const own = this.chainOf(holder);
    const place = { item, holder } as Place<T>;
    place.among = this.all.add(place);
    place.own = own.add(place);
    if (own.size > this.share) this.greedy.add(own);
    while (this.all.size > this.size) this.remove(this.oldest()!);
    return place;
  }

  remove(place: Place<T>): void {
    const own = this.chainOf(place.holder);
    this.all.remove(place.among);
    own.remove(place.own);
    if (own.size <= this.share) this.greedy.delete(own);
    if (own.size === 0) this.byHolder.delete(place.holder);
    this.gone(place.item);
  }

  /** May be walked over many turns, while items come and go. */
  *newestFirst(): Generator<T, void> {
    for (const { item } of this.all.newestFirst()) yield item;
  }

  private get share(): number {
    return Math.max(LEAST_SHARE, this.size / SHARES);
  }

  private oldest(): Place<T> | undefined {
    let { all: from } = this;
    for (const chain of this.greedy) if (from === this.all || chain.size > from.size) from = chain;
    return from.oldest;
  }

  private chainOf(holder: string): Chain<Place<T>> {
    const known = this.byHolder.get(holder);
    if (known !== undefined) return known;
    const chain = new Chain<Place<T>>();
    this.byHolder.set(holder, chain);
    return chain;
  }
}

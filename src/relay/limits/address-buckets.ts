/** How often each address may do something, in bounded memory. */
import { keyOf } from './address.js';
import { FIXED } from '../../config/fixed-limits.js';
import { TokenBucket } from './token-bucket.js';

/** Addresses that are remembered; who has more of them is not slowed by limits per address anyway. */
export const MOST_ADDRESSES = 10_000;

/** Loopback has no limit (A24); with a rate of 0 nothing has (A26). */
export class AddressBuckets {
  // In two generations: when the recent ones have become many, the former ones are forgotten together.
  private recent = new Map<string, TokenBucket>();
  private former = new Map<string, TokenBucket>();

  /** @param now milliseconds of a monotonic clock. */
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Addresses that take memory now. */
  get size(): number {
    return this.recent.size + this.former.size;
  }

  /** Counts what may be done now, and returns 0; or else the whole seconds until it may. */
  secondsToWait(address: string): number {
    const key = keyOf(address);
    if (key === undefined || this.perSecond === 0) return 0;
    const now = this.now();
    const bucket = this.bucketOf(key, now);
    return bucket.take(1, now) ? 0 : Math.ceil(bucket.msUntil(1, now) / 1_000);
  }

  private bucketOf(key: string, now: number): TokenBucket {
    const known = this.recent.get(key) ?? this.former.get(key);
    const bucket = known ?? new TokenBucket(this.perSecond, this.perSecond * FIXED.burstSeconds, now);
    this.recent.set(key, bucket);
    if (this.recent.size >= MOST_ADDRESSES / 2) {
      this.former = this.recent;
      this.recent = new Map();
    }
    return bucket;
  }
}

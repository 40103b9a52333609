/** How often an address may ask. */
import type { RelayOptions } from '../config/relay-options.js';
import { keyOf, TokenBucket } from '../relay.port.js';

/** Addresses that are remembered; who has more of them is not slowed by limits per address anyway. */
export const MOST_ADDRESSES = 10_000;

/**
 * As often as it may connect (A16), for each ended connection asks once: a party of 100 phones that all lose their
 * host at once meets no limit (A25). Loopback has none (A24).
 *
 * Addresses are in two generations: when the recent ones have become many, the former ones are forgotten together.
 */
export class AskingLimit {
  private recent = new Map<string, TokenBucket>();
  private former = new Map<string, TokenBucket>();

  /** @param now milliseconds of a monotonic clock. */
  constructor(
    private readonly options: Pick<RelayOptions, 'newConnectionsBurst' | 'newConnectionsPerSecond'>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Addresses that take memory now. */
  get size(): number {
    return this.recent.size + this.former.size;
  }

  /** Counts a question that may be asked now, and returns 0; or else the whole seconds until one may. */
  secondsToWait(address: string): number {
    const { newConnectionsBurst: burst, newConnectionsPerSecond: perSecond } = this.options;
    const key = keyOf(address);
    if (key === undefined || burst === 0 || perSecond === 0) return 0;
    const now = this.now();
    const bucket = this.recent.get(key) ?? this.former.get(key) ?? new TokenBucket(perSecond, burst, now);
    this.keep(key, bucket);
    return bucket.take(1, now) ? 0 : Math.ceil(bucket.msUntil(1, now) / 1_000);
  }

  private keep(key: string, bucket: TokenBucket): void {
    this.recent.set(key, bucket);
    if (this.recent.size < MOST_ADDRESSES / 2) return;
    this.former = this.recent;
    this.recent = new Map();
  }
}

/** How much of something may happen: at once, and again and again. */

const SECOND = 1_000;

/** Less than any clock here can tell, in milliseconds; what floating point may lose on the way. */
const NOTHING = 1e-6;

/**
 * Holds at most `burst` tokens and gains `perSecond` of them. A new bucket is full. It has no timer: all it
 * knows is when it will be full again, from which any other moment follows.
 *
 * Times are milliseconds of a monotonic clock, handed in by the caller and never going back. A limit that is
 * switched off has no bucket: both numbers are above 0.
 */
export class TokenBucket {
  private fullAt: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    now: number,
  ) {
    this.fullAt = now;
  }

  /** Takes the tokens if they are there, all of them or none. More than the burst are never there. */
  take(amount: number, now: number): boolean {
    if (this.msUntil(amount, now) > 0) return false;
    this.spend(amount, now);
    return true;
  }

  /** Takes the tokens in any case: for what has happened already. The bucket may then owe some. */
  spend(amount: number, now: number): void {
    this.fullAt = Math.max(this.fullAt, now) + this.msFor(amount);
  }

  /** Gives back what was taken for something that did not happen. */
  giveBack(amount: number): void {
    this.fullAt -= this.msFor(amount);
  }

  /** Whole milliseconds until {@link take} succeeds; 0 if it would now. For `amount` 0: until nothing is owed. */
  msUntil(amount: number, now: number): number {
    const wait = Math.max(this.fullAt, now) + this.msFor(amount) - this.msFor(this.burst) - now;
    return wait <= NOTHING ? 0 : Math.ceil(wait - NOTHING);
  }

  private msFor(amount: number): number {
    return (amount / this.perSecond) * SECOND;
  }
}

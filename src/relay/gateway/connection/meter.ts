/** How much a peer has sent lately, against a rate. */

/** Seconds of the rate that may come at once. */
const BURST_SECONDS = 2;

/**
 * A bucket that leaks: everything sent fills it, time empties it at the rate. It asks no clock; the pulse of the
 * gateway says how much time has passed, so that a message costs one addition.
 */
export class Meter {
  private level = 0;

  /** `rate` is per second; 0 disables the limit. */
  constructor(private readonly rate: number) {}

  /** Counts `amount`. False if that is more than may come at once. */
  add(amount: number): boolean {
    this.level += amount;
    return this.rate === 0 || this.level <= this.rate * BURST_SECONDS;
  }

  /** Lets `seconds` pass. True if there is room for another second at the full rate. */
  leak(seconds: number): boolean {
    this.level = Math.max(0, this.level - this.rate * seconds);
    return this.rate === 0 || this.level <= this.rate * (BURST_SECONDS - 1);
  }
}

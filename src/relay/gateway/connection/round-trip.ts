/** How long a ping takes to its peer and back. */
import type { Histogram } from '../../routing/traffic.js';

/** Bytes of a ping's payload: its time, as a double. */
const LENGTH = 8;

const monotonic = (): number => performance.now();

/** What a new difference counts for against those before it: some four pings are remembered. */
const GAIN = 1 / 4;

/**
 * Each ping carries its time on the monotonic clock, and a pong counts if it brings back exactly the one that is
 * awaited. So an unasked pong, a second pong, and anything that a peer makes up count for nothing;
 * all that a peer can do is to answer late.
 */
export class RoundTrip {
  /** Milliseconds from the last ping to its pong. */
  last: number | undefined;
  /** Milliseconds by which successive round trips differ, smoothed. */
  jitter: number | undefined;
  /** The time in the ping that has no pong yet; equal to nothing if there is none. */
  private awaited = NaN;

  /** @param now milliseconds of a monotonic clock. */
  constructor(
    private readonly all: Histogram,
    private readonly now: () => number = monotonic,
  ) {}

  /** The payload of a ping that leaves now; a former one without its pong is given up. */
  ping(): Buffer {
    this.awaited = this.now();
    const payload = Buffer.allocUnsafe(LENGTH);
    payload.writeDoubleBE(this.awaited);
    return payload;
  }

  /** Whether a ping has no pong yet. */
  get isAwaiting(): boolean {
    return !Number.isNaN(this.awaited);
  }

  /** Whether it answers the ping that has none yet. */
  pong(payload: Buffer): boolean {
    if (payload.length !== LENGTH || payload.readDoubleBE() !== this.awaited) return false;
    const taken = this.now() - this.awaited;
    this.awaited = NaN;
    if (this.last !== undefined) this.vary(Math.abs(taken - this.last));
    this.last = taken;
    this.all.add(taken);
    return true;
  }

  private vary(difference: number): void {
    this.jitter = this.jitter === undefined ? difference : this.jitter + (difference - this.jitter) * GAIN;
  }
}

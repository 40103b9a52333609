/** Latencies in little memory: 64 buckets for each doubling, so that a percentile is within 1.6 %. */

const PER_DOUBLING = 64;
const SMALLEST_MS = 0.001;

export class Histogram {
  private readonly buckets = new Uint32Array(PER_DOUBLING * 30);
  private count = 0;

  add(ms: number): void {
    const bucket = Math.log2(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) * PER_DOUBLING;
    const index = Math.min(this.buckets.length - 1, bucket | 0);
    this.buckets[index] = (this.buckets[index] ?? 0) + 1;
    this.count++;
  }

  /** In milliseconds; undefined when nothing was added. */
  percentile(share: number): number | undefined {
    if (this.count === 0) return undefined;
    let left = Math.ceil(share * this.count);
    const index = this.buckets.findIndex((inBucket) => (left -= inBucket) <= 0);
    return SMALLEST_MS * 2 ** ((index + 0.5) / PER_DOUBLING);
  }
}

/** The last fifteen minutes, second by second. */
import type { Sample } from '../../src/operator/console/look.js';

export const SECONDS = 15 * 60;

/** Points of a curve: a display has no more, and a peak must not be lost between two of them. */
const POINTS = 300;

/** A place on a curve: 0 is fifteen minutes ago, 1 is now. */
export interface Point {
  readonly x: number;
  readonly value: number;
}

export class Past {
  private samples: Sample[] = [];

  add(samples: readonly Sample[]): void {
    const last = this.last?.second ?? -1;
    // After a restart of the relay its seconds start again.
    const isAnew = samples.some(({ second }) => second <= last);
    this.samples = [...(isAnew ? [] : this.samples), ...samples].slice(-SECONDS);
  }

  get last(): Sample | undefined {
    return this.samples.at(-1);
  }

  /** The highest value of each few seconds. */
  curve(name: keyof Sample): Point[] {
    const end = this.last?.second ?? 0;
    const peaks = new Map<number, number>();
    for (const sample of this.samples) {
      const at = Math.floor(((sample.second - end + SECONDS) / SECONDS) * POINTS);
      peaks.set(at, Math.max(peaks.get(at) ?? 0, sample[name]));
    }
    return [...peaks].filter(([at]) => at >= 0).map(([at, value]) => ({ x: at / POINTS, value }));
  }

  /** The sum over the last `seconds` seconds. */
  sum(name: keyof Sample, seconds: number): number {
    return this.samples.slice(-seconds).reduce((sum, sample) => sum + sample[name], 0);
  }
}

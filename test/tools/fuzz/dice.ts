// Chance that can be repeated: all that a fuzzed stream is follows from one number.
import { random } from '../party/generate.js';

/** Random choices that are the same for the same seed. */
export class Dice {
  private readonly chance: () => number;

  constructor(seed: number) {
    this.chance = random(seed);
    // Seeds that lie side by side begin with much the same numbers.
    for (let n = 0; n < 5; n++) this.chance();
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.chance() * end);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }

  /** A length that is mostly small and sometimes just around a power of two, where headers change their form. */
  length(): number {
    if (!this.once(4)) return this.below(40);
    return Math.max(
      0,
      this.pick([125, 126, 127, 128, 256, 1_024, 8_192, 65_535, 65_536]) + this.below(5) - 2,
    );
  }
}

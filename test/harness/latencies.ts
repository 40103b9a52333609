// How late messages are: what a test compares between a quiet and a disturbed relay.
import { expect } from 'vitest';
import type { Host, Player } from './relay.js';

/**
 * Below this no player plays worse, and on a busy machine nothing can be said, in milliseconds. A relay that is
 * blocked, or that works off a flood before everything else, is late by seconds.
 */
const NOISE = 1_000;

/** Times in milliseconds. */
export class Latencies {
  private readonly times: number[] = [];

  add(milliseconds: number): void {
    this.times.push(milliseconds);
  }

  addAll(others: Latencies): void {
    this.times.push(...others.times);
  }

  get p99(): number {
    const sorted = [...this.times].sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Infinity;
  }

  /** These beside those of a quiet time, in words. */
  beside(undisturbed: Latencies): string {
    return `p99 ${this.p99.toFixed(1)} ms, undisturbed ${undisturbed.p99.toFixed(1)} ms`;
  }

  /** Expects that these are at most `factor` times as late as without a disturbance. */
  expectNear(undisturbed: Latencies, factor: number): void {
    expect(this.p99).toBeLessThan(Math.max(undisturbed.p99 * factor, NOISE));
  }
}

/** Prints a figure that depends on the machine, for readers of the output. */
export function tell(figure: string): void {
  process.stdout.write(`${figure}\n`);
}

/** Sends `count` messages from the player to the host, one after the other, and tells how long each took. */
export async function forwardTimes(host: Host, player: Player, count: number): Promise<Latencies> {
  const times = new Latencies();
  for (let n = 0; n < count; n++) {
    const begun = performance.now();
    player.send(`{"probe":${n}}`);
    expect(await host.next()).toBe(`{"probe":${n},"client_id":${JSON.stringify(player.id)}}`);
    times.add(performance.now() - begun);
  }
  return times;
}

// Parties with faults, hour after hour: what came to whom, and whether anything is left behind.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { Dice } from '../fuzz/dice.js';
import { fixed } from '../../harness/fixed.js';
import { Connection } from '../../harness/connection.js';
import { lookInto, type InsideView } from '../../harness/inside-view.js';
import type { OddRelay } from '../../harness/odd-relay.js';
import { loginHost } from '../../harness/relay.js';
import { Parties } from './parties.js';
import { Weather } from './weather.js';

/** Heartbeats that are missed within an epoch, and a log that tells every ending. */
export const FLAGS = [
  ...['--player-silence', '5', '--host-silence', '10', '--log-level', 'debug'],
  ...fixed({ playerPingInterval: 1, hostPingInterval: 1 }),
  // What the relay remembers of the past is soon as much as it ever is.
  ...['--ledger-size', '100'],
];

export class Soak {
  /** Bytes of heap in use behind each epoch, when no peer is connected. */
  readonly heaps: number[] = [];
  /** How many connections ended for which reason. */
  readonly endings: Record<string, number> = {};
  private readonly parties: Parties;
  private log: string[] = [];

  private constructor(
    private readonly relay: OddRelay,
    private readonly rest: InsideView,
    dice: Dice,
    private readonly stepsPerSecond: number,
  ) {
    this.parties = new Parties({ places: [relay], dice, weather: new Weather(), hasSeats: true });
    createInterface({ input: relay.stdout }).on('line', (line) => this.readLog(line));
  }

  /** How many things have happened. */
  get steps(): number {
    return this.parties.steps;
  }

  /** Looks into the relay while no peer is connected, to compare with later. */
  static async on(relay: OddRelay, dice: Dice, stepsPerSecond: number): Promise<Soak> {
    return new Soak(relay, await lookInto(relay), dice, stepsPerSecond);
  }

  /** Plays for some seconds, ends all parties, and proves that nothing is left of them. */
  async epoch(seconds: number): Promise<void> {
    this.log = [];
    try {
      await this.play(seconds);
    } catch (error) {
      const name = /SOAK[-\d]+/.exec(String(error))?.[0] ?? 'everybody';
      throw new Error(`The log says of ${name}:\n${this.linesOf(name)}`, { cause: error });
    }
    await this.expectNothingLeft();
  }

  private async play(seconds: number): Promise<void> {
    const { parties } = this;
    await parties.open();
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end) {
      await parties.step();
      await sleep(1_000 / this.stepsPerSecond);
    }
    await parties.end();
  }

  private async expectNothingLeft(): Promise<void> {
    for (const code of this.parties.codes.splice(0)) {
      const host = await Connection.open(this.relay.url());
      host.send(loginHost(code));
      // Who is refused may get the first pong, and never the second.
      for (let n = 0; n < 2; n++) await host.fence();
      await host.leave();
    }
    const { resources, files } = this.rest;
    await vi.waitFor(
      async () => expect(await lookInto(this.relay)).toMatchObject({ resources, files }),
      20_000,
    );
    this.heaps.push((await lookInto(this.relay)).heap);
    expect(this.linesOf('"level":"error"')).toBe('');
  }

  private linesOf(word: string): string {
    return this.log.filter((line) => line.includes(word)).join('\n');
  }

  private readLog(line: string): void {
    this.log.push(line);
    const { ending } = JSON.parse(line) as { ending?: string };
    if (ending !== undefined) this.endings[ending] = (this.endings[ending] ?? 0) + 1;
  }
}

/** By how many bytes an epoch the values rise, as a straight line sees it. */
export function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, n) => sum + (n - middle) * (value - mean), 0);
  return rise / values.reduce((sum, _, n) => sum + (n - middle) ** 2, 0);
}

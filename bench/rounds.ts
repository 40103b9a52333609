/** Lets relays take turns, so that a machine that slows down slows all of them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { noFaults } from './driver/faults.js';
import type { Measurement } from './driver/job.js';
import type { BenchOptions } from './options.js';
import { RunningRelay, type Relay } from './relays.js';
import type { Sample } from './results.js';
import { runDriver } from './run-driver.js';
import { parties, type WorkloadEntry } from './workloads.js';

const SILENCE_MS = 3000;

/** A driver always measures; behind a first warm-up nobody looks at it. */
const UNUSED_MEASURE_MS = 100;

interface Turn {
  round: number;
  entry: WorkloadEntry;
  /** Those that do it at the same time. */
  relays: readonly Relay[];
}

/** Told before each run what comes, and how far all is. */
export type OnProgress = (text: string, done: number, of: number) => void;

/** Runs everything; in each round, within each workload, the relays in turn. */
export async function runRounds(
  options: BenchOptions,
  relays: readonly Relay[],
  onProgress: OnProgress,
): Promise<Sample[]> {
  const stable = new Stable();
  const turns = plan(options, relays);
  const samples: Sample[] = [];
  const killAll = (): void => stable.killAll();
  process.on('exit', killAll);
  const deadline = performance.now() + options.budgetMs;
  try {
    for (const [done, turn] of turns.entries()) {
      const { round, entry, relays: together } = turn;
      const begins = entry !== turns[done - 1]?.entry;
      if (begins && round > 0 && performance.now() > deadline) break;
      onProgress(`round ${round + 1}  ${entry.name}  ${nameOf(together)}`, done, turns.length);
      if (round !== turns[done - 1]?.round) await stable.begin(rotated(relays, round), options);
      const taken = together.map((relay) => take(round, entry, relay, options, stable));
      samples.push(...(await Promise.all(taken)));
    }
  } finally {
    // Also when a relay did not start: those that did would keep this process from ending.
    await stable.stopAll();
    process.off('exit', killAll);
  }
  return samples;
}

function nameOf(relays: readonly Relay[]): string {
  return relays.map(({ name }) => name).join(', ');
}

function plan({ rounds, workloads, atOnce }: BenchOptions, relays: readonly Relay[]): Turn[] {
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [index, entry] of workloads.entries()) {
      if (round >= (entry.rounds ?? rounds)) continue;
      const order = rotated(relays, round + index);
      const groups = atOnce ? [order] : order.map((relay) => [relay]);
      turns.push(...groups.map((group) => ({ round, entry, relays: group })));
    }
  }
  return turns;
}

/** Another one is first each time. */
function rotated(relays: readonly Relay[], times: number): readonly Relay[] {
  const first = times % relays.length;
  return [...relays.slice(first), ...relays.slice(0, first)];
}

async function take(
  round: number,
  entry: WorkloadEntry,
  relay: Relay,
  options: BenchOptions,
  stable: Stable,
): Promise<Sample> {
  const label = { workload: entry.name, relay: relay.name, round };
  const measureMs = options.measureMs * (entry.longer ?? 1);
  try {
    const running = await stable.get(relay, entry.fresh === true);
    const measurement = await drive(running, relay, entry, options.warmupMs, measureMs);
    if (entry.fresh === true) await stable.stop(running);
    return { ...label, measurement };
  } catch (error) {
    // The relay may be in any state: the next run gets a new one.
    await stable.stopAll();
    return { ...label, measurement: { faults: noFaults() }, error: String(error) };
  }
}

function drive(
  { ports, pid }: RunningRelay,
  { dialect, placement = 'local' }: Relay,
  { workload }: WorkloadEntry,
  warmupMs: number,
  measureMs: number,
): Promise<Measurement> {
  return runDriver({ ports, placement, pid, dialect, workload, warmupMs, measureMs, silenceMs: SILENCE_MS });
}

/** The relays that run. One is started when it is first asked for, and again if it has ended. */
class Stable {
  private readonly running = new Set<RunningRelay>();

  /** With new processes, which have relayed everything for a while before any of them is measured. */
  async begin(relays: readonly Relay[], { restMs, firstWarmupMs, atOnce }: BenchOptions): Promise<void> {
    await this.stopAll();
    if (firstWarmupMs === 0) return;
    for (const relay of relays) await this.get(relay, false);
    await sleep(restMs);
    const groups = atOnce ? [relays] : relays.map((relay) => [relay]);
    for (const group of groups) await Promise.all(group.map((relay) => this.warmUp(relay, firstWarmupMs)));
  }

  private async warmUp(relay: Relay, ms: number): Promise<void> {
    await drive(await this.get(relay, false), relay, parties, ms, UNUSED_MEASURE_MS);
  }

  async get(relay: Relay, fresh: boolean): Promise<RunningRelay> {
    const known = [...this.running].find((one) => one.isThatOf(relay) && !one.hasEnded);
    if (known !== undefined && !fresh) return known;
    const started = await RunningRelay.start(relay);
    this.running.add(started);
    return started;
  }

  async stop(relay: RunningRelay): Promise<void> {
    this.running.delete(relay);
    await relay.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((relay) => this.stop(relay)));
  }

  killAll(): void {
    for (const relay of this.running) relay.kill();
  }
}

/** Counts what comes out of the relay between two moments, and what that cost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram } from './histogram.js';
import type { Measurement } from './job.js';
import { startSpending } from './process-cost.js';

export type Figures = Omit<Measurement, 'faults'>;

export class Meter {
  private latencies = new Histogram();
  private messages = 0;
  private running = false;

  constructor(private readonly relayPid: number) {}

  /** A message has come out; counted only while {@link measure} runs. */
  count(ms: number): void {
    if (!this.running) return;
    this.messages++;
    this.latencies.add(ms);
  }

  /** The figures of the next so many milliseconds. May be called again, for other figures. */
  measure(durationMs: number): Promise<Figures> {
    return this.measureDuring(() => sleep(durationMs));
  }

  /** The figures until the promise of `run` resolves; the relay's work is shared among `logins`, if given, not messages. */
  async measureDuring(run: () => Promise<unknown>, logins?: number): Promise<Figures> {
    this.latencies = new Histogram();
    this.messages = 0;
    const spent = startSpending(this.relayPid);
    this.running = true;
    await run();
    this.running = false;
    const { seconds, relay, engine, driver } = spent();
    const count = logins ?? this.messages;
    return {
      messages: this.messages,
      perSecond: this.messages / seconds,
      ...(count > 0 && { cpuPerMillion: (relay / count) * 1e6 }),
      ...(engine > 0 && { enginePerMillion: (engine / count) * 1e6 }),
      relayShare: relay / seconds,
      driverShare: driver / seconds,
      ...this.percentiles(),
    };
  }

  private percentiles(): Figures {
    const p50Ms = this.latencies.percentile(0.5);
    const p99Ms = this.latencies.percentile(0.99);
    return { ...(p50Ms !== undefined && { p50Ms }), ...(p99Ms !== undefined && { p99Ms }) };
  }
}

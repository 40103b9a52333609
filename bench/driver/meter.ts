/** Counts what comes out of the relay between two moments, and what that cost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram } from './histogram.js';
import type { Measurement } from './job.js';
import { cpuSecondsOf } from './process-cost.js';

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
  async measure(durationMs: number): Promise<Figures> {
    this.latencies = new Histogram();
    this.messages = 0;
    const relayBefore = cpuSecondsOf(this.relayPid);
    const driverBefore = process.cpuUsage();
    const begin = performance.now();
    this.running = true;
    await sleep(durationMs);
    this.running = false;
    const seconds = (performance.now() - begin) / 1000;
    const driver = process.cpuUsage(driverBefore);
    const relayAfter = cpuSecondsOf(this.relayPid);
    const relaySeconds = relayAfter.relay - relayBefore.relay;
    const engineSeconds = relayAfter.engine - relayBefore.engine;
    return {
      messages: this.messages,
      perSecond: this.messages / seconds,
      ...(this.messages > 0 && { cpuPerMillion: (relaySeconds / this.messages) * 1e6 }),
      ...(engineSeconds > 0 && { enginePerMillion: (engineSeconds / this.messages) * 1e6 }),
      relayShare: relaySeconds / seconds,
      driverShare: (driver.user + driver.system) / 1e6 / seconds,
      ...this.percentiles(),
    };
  }

  private percentiles(): Figures {
    const p50Ms = this.latencies.percentile(0.5);
    const p99Ms = this.latencies.percentile(0.99);
    return { ...(p50Ms !== undefined && { p50Ms }), ...(p99Ms !== undefined && { p99Ms }) };
  }
}

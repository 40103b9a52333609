/** How late the event loop is: what a relay has too much of when it has too much to do. */
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { MetricSource, Sample } from './read-metric.js';

/** Milliseconds between two measurements: often enough to see what players feel, and rare enough to cost nothing. */
const RESOLUTION = 20;

const NANOSECONDS = 1e9;

/** Measures as long as it is enabled. Each reading tells of the time since the one before. */
export class EventLoopLag {
  private readonly delays: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION });

  start(): void {
    this.delays.enable();
  }

  stop(): void {
    this.delays.disable();
  }

  get metric(): MetricSource {
    return {
      ...{ name: 'carparty_event_loop_lag_seconds', type: 'gauge' },
      help: 'Delay of the event loop since the last scrape; 1 is the maximum.',
      read: () => this.read(),
    };
  }

  private read(): Sample[] {
    const quantiles = [0.5, 0.99, 1];
    const samples = quantiles.map((quantile) => ({
      labels: { quantile },
      value: this.lagOf(this.delays.percentile(quantile * 100)),
    }));
    this.delays.reset();
    return samples;
  }

  /** Node tells the time from one measurement to the next. */
  private lagOf(delay: number): number {
    return Math.max(0, delay / NANOSECONDS - RESOLUTION / 1_000);
  }
}

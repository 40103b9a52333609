/** What the relay did in the last second, read from counters that are kept anyway. */
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import type { Tally } from '../ledger/tally.js';
import { ENDINGS } from '../../relay/rooms/endings.js';
import type { RelayMonitor } from '../../relay/service/relay.monitor.js';
import type { Sample } from './look.js';

/** Counters as they were at a moment, milliseconds of the monotonic clock. */
interface Counted {
  readonly time: number;
  readonly counts: Readonly<Record<'messagesIn' | 'messagesOut' | 'bytesIn' | 'bytesOut', number>>;
  readonly problems: number;
  readonly faults: number;
  readonly loop: EventLoopUtilization;
}

/** No connection is walked, so that it costs the same with one room and with thousands. */
export class Sampler {
  private last: Counted;
  private second = 0;

  constructor(
    private readonly monitor: RelayMonitor,
    private readonly tally: Tally,
  ) {
    this.last = this.count();
  }

  /** What happened since the last one, as rates a second. */
  take(): Sample {
    const [before, now] = [this.last, this.count()];
    this.last = now;
    const seconds = Math.max(0.001, (now.time - before.time) / 1_000);
    const rate = (name: keyof Counted['counts']): number =>
      Math.round((now.counts[name] - before.counts[name]) / seconds);
    // A timer may be a little early or late: each second is reported once.
    this.second = Math.max(this.second + 1, Math.floor(now.time / 1_000));
    const sizes = this.monitor.roomSizes();
    return {
      second: this.second,
      ...{ messagesIn: rate('messagesIn'), messagesOut: rate('messagesOut') },
      ...{ bytesIn: rate('bytesIn'), bytesOut: rate('bytesOut') },
      ...{ rooms: sizes.length, players: sizes.reduce((sum, size) => sum + size, 0) },
      busy: Math.round(100 * performance.eventLoopUtilization(now.loop, before.loop).utilization),
      ...{ problems: now.problems - before.problems, faults: now.faults - before.faults },
    };
  }

  private count(): Counted {
    const { forward, broadcast, unicast } = this.monitor.traffic;
    const counts = { messagesIn: 0, messagesOut: 0, bytesIn: 0, bytesOut: 0 };
    for (const flow of [forward, broadcast, unicast]) {
      counts.messagesIn += flow.messagesIn;
      counts.messagesOut += flow.messagesOut;
      counts.bytesIn += flow.bytesIn;
      counts.bytesOut += flow.bytesOut;
    }
    const of = (level: string): number =>
      this.tally.endings.reduce(
        (sum, { reason, count }) => sum + (ENDINGS[reason].level === level ? count : 0),
        0,
      );
    const [time, loop] = [performance.now(), performance.eventLoopUtilization()];
    return { time, counts, problems: of('warn'), faults: of('error'), loop };
  }
}

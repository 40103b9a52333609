/** One beat a second for all connections: heartbeats, deadlines, rates, and the sum of all that is kept. */
import type { RelayOptions } from '../../../config/relay-options.js';
import type { SocketConnection } from './socket-connection.js';

const INTERVAL = 1_000;

/** Seconds that one beat may count, however late it comes. */
const MOST = 2;

/** One timer and no dates: a beat costs some nanoseconds for each connection, a timer for each would cost memory. */
export class Pulse {
  private readonly timer: NodeJS.Timeout;
  private last = performance.now();

  constructor(
    private readonly connections: { readonly all: Iterable<SocketConnection> },
    private readonly options: RelayOptions,
  ) {
    this.timer = setInterval(() => this.tick(), INTERVAL).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const now = performance.now();
    this.beat(Math.min((now - this.last) / 1_000, MOST));
    this.last = now;
  }

  private beat(seconds: number): void {
    let kept = 0;
    for (const connection of this.connections.all) {
      connection.guard(() => connection.beat(seconds));
      kept += connection.keptBytes;
    }
    const { maxTotalOutbox } = this.options;
    if (maxTotalOutbox > 0 && kept > maxTotalOutbox) this.relieve(kept - maxTotalOutbox);
  }

  /** Ends those for whom, and of whom, most is kept, until `excess` bytes are free (A11). */
  private relieve(excess: number): void {
    const largestFirst = [...this.connections.all].sort((a, b) => b.keptBytes - a.keptBytes);
    for (const connection of largestFirst) {
      if (excess <= 0) return;
      excess -= connection.keptBytes;
      connection.end('outboxes-full');
    }
  }
}

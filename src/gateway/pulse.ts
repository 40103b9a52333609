/** One beat a second for all connections: heartbeats, deadlines, rates, and the sum of all outboxes. */
import type { RelayOptions } from '../config/relay-options.js';
import type { RelaySocket } from './relay-socket.js';

const INTERVAL = 1_000;

/** Seconds that one beat may count, however late it comes. */
const MOST = 2;

/** One timer and no dates: a beat costs some nanoseconds for each connection, a timer for each would cost memory. */
export class Pulse {
  private readonly timer: NodeJS.Timeout;
  private last = performance.now();

  constructor(
    private readonly sockets: ReadonlySet<RelaySocket>,
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
    let queued = 0;
    for (const socket of this.sockets) {
      socket.guard(() => socket.beat(seconds));
      queued += socket.connection.queuedBytes;
    }
    const { maxTotalOutbox } = this.options;
    if (maxTotalOutbox > 0 && queued > maxTotalOutbox) this.relieve(queued - maxTotalOutbox);
  }

  /** Ends those for whom most is waiting, until `excess` bytes are free (A11). */
  private relieve(excess: number): void {
    const largestFirst = [...this.sockets].sort(
      (a, b) => b.connection.queuedBytes - a.connection.queuedBytes,
    );
    for (const socket of largestFirst) {
      if (excess <= 0) return;
      excess -= socket.connection.queuedBytes;
      socket.guard(() => socket.session.end('outboxes-full'));
    }
  }
}

/** One beat a second for all connections: heartbeats, deadlines, rates, and the sum of all that is kept. */
import type { RelayOptions } from '../../../config/relay-options.js';
import type { SocketConnection } from './socket-connection.js';

/** What lives by the beat beside the connections. */
export interface PulseListener {
  /** Bytes that it keeps for peers. */
  readonly keptBytes: number;
  /** Lets `seconds` pass. */
  beat(seconds: number): void;
  /** Forgets what it keeps until at least `excess` bytes are free, or nothing is left. Returns how many are free. */
  forget(excess: number): number;
}

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
    private readonly listeners: readonly PulseListener[],
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
    for (const listener of this.listeners) {
      listener.beat(seconds);
      kept += listener.keptBytes;
    }
    const { maxTotalOutbox } = this.options;
    if (maxTotalOutbox > 0 && kept > maxTotalOutbox) this.relieve(kept - maxTotalOutbox);
  }

  /** Ends those for whom, and of whom, most is kept, until `excess` bytes are free (A11). What is kept for a return goes first. */
  private relieve(excess: number): void {
    for (const listener of this.listeners) excess -= listener.forget(excess);
    const largestFirst = [...this.connections.all].sort((a, b) => b.keptBytes - a.keptBytes);
    for (const connection of largestFirst) {
      if (excess <= 0) return;
      excess -= connection.keptBytes;
      connection.end('outboxes-full');
    }
  }
}

/** Three ways to keep streams going. */
import type { Flow } from './job.js';
import type { Stream } from './stream.js';

export interface Drive {
  start(): void;
  stop(): void;
  /** A message of the stream has arrived somewhere. */
  delivered(stream: Stream): void;
}

/** `streams` is filled before the drive is started. */
export function driveFor(flow: Flow, streams: readonly Stream[]): Drive {
  if ('window' in flow) return new WindowDrive(flow.window, streams);
  return 'alone' in flow ? new AloneDrive(streams) : new RateDrive(flow.perSecond, streams);
}

const NAP_MS = 0.2;
const napCell = new Int32Array(new SharedArrayBuffer(4));

/** Keeps a number of unanswered messages on their way in every stream, as many as the relay can take. */
class WindowDrive implements Drive {
  private behind = new Set<Stream>();
  private running = false;

  constructor(
    private readonly window: number,
    private readonly streams: readonly Stream[],
  ) {}

  start(): void {
    this.running = true;
    this.behind = new Set(this.streams);
    this.refill();
  }

  stop(): void {
    this.running = false;
  }

  delivered(stream: Stream): void {
    if (!this.running) return;
    if (this.behind.size === 0) setImmediate(() => this.refill());
    this.behind.add(stream);
  }

  private refill(): void {
    if (!this.running) return;
    const touched: Stream[] = [];
    for (const stream of this.behind) {
      const room = this.window - stream.inFlight();
      if (room > 0 && stream.queue(room)) touched.push(stream);
    }
    this.behind.clear();
    for (const stream of touched) stream.sender.flush();
    // Off the poll for a moment, or else each write of the relay would pay for waking this process.
    Atomics.wait(napCell, 0, 0, NAP_MS);
  }
}

/** Sends at a rate per stream, whatever the relay does; the streams take turns, so that the load is even. */
class RateDrive implements Drive {
  private timer: NodeJS.Timeout | undefined;
  private begin = 0;
  private sent = 0;

  constructor(
    private readonly perSecond: number,
    private readonly streams: readonly Stream[],
  ) {}

  start(): void {
    this.begin = performance.now();
    this.timer = setInterval(() => this.catchUp(), 1);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  delivered(): void {
    // A rate waits for nobody.
  }

  private catchUp(): void {
    const elapsed = (performance.now() - this.begin) / 1000;
    const due = Math.floor(elapsed * this.perSecond * this.streams.length);
    const touched: Stream[] = [];
    for (; this.sent < due; this.sent++) {
      const stream = this.streams[this.sent % this.streams.length];
      if (stream?.queue(1)) touched.push(stream);
    }
    for (const stream of touched) stream.sender.flush();
  }
}

/** One message at a time over all streams, the next when everybody has the last: nothing can be batched. */
class AloneDrive implements Drive {
  private running = false;
  private turn = 0;

  constructor(private readonly streams: readonly Stream[]) {}

  start(): void {
    this.running = true;
    this.next();
  }

  stop(): void {
    this.running = false;
  }

  delivered(stream: Stream): void {
    if (this.running && stream.pending === 0) this.next();
  }

  private next(): void {
    const stream = this.streams[this.turn++ % this.streams.length];
    if (stream?.queue(1)) stream.sender.flush();
  }
}

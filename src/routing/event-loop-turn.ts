/** The turn of Node's event loop. */
import { performance } from 'node:perf_hooks';
import type { Gathering, Turn } from '../rooms/turn.js';

/** Work that a turn reads at most, in units of about 100 nanoseconds: 10 ms, whatever else the machine is doing. */
const MOST_WORK = 100_000;

/** Milliseconds that a turn writes at most: once what it has read, and once what former turns left over. */
const WRITING = 10;

/** Connections that are written to between two looks at the clock; each is a system call. */
const WRITES = 16;

/** A connection that has been read further than the turn has time for. */
export interface Reader {
  readOn(): void;
}

/**
 * `setImmediate` runs right after all sockets that were ready have been read, so that a turn holds what many
 * peers sent at the same moment. A microtask or `nextTick` would run after each socket, and gather nothing
 * where each peer sends one message at a time.
 *
 * A turn has a bound (A29): one read may hold thousands of messages, each for a thousand players. Beyond it a turn takes
 * one more message of each connection, and what else was read waits for the next turn. What could not be written waits
 * behind what the next turn has to say, and no more is read until it has left.
 */
export class EventLoopTurn implements Turn {
  /** Whether enough was read: one more message may be taken of each connection. */
  isSpent = false;
  private gatherings: Gathering[] = [];
  /** What is large, and what former turns did not write any more. */
  private late: Gathering[] = [];
  private readers: Reader[] = [];
  private isScheduled = false;
  private work = 0;

  /** @param now milliseconds of a monotonic clock. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  atEnd(gathering: Gathering, isLarge = false): void {
    (isLarge ? this.late : this.gatherings).push(gathering);
    this.schedule();
  }

  /** Counts what a message has caused, in units of about 100 nanoseconds. */
  spend(work: number): void {
    this.work += work;
    if (this.work > MOST_WORK) this.isSpent = true;
  }

  /** Has `reader` go on when there is time for it. */
  readLater(reader: Reader): void {
    this.readers.push(reader);
    this.schedule();
  }

  mayLeave(): boolean {
    return true;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(this.end);
  }

  private readonly end = (): void => {
    this.isScheduled = false;
    const rest = this.flush(this.gatherings);
    this.gatherings = [];
    if (this.late.length + rest.length > 0) this.flushLate(rest);
    this.work = 0;
    this.isSpent = this.late.length > 0;
    if (this.isSpent) this.schedule();
    else if (this.readers.length > 0) this.readOn();
  };

  /** Returns what there was no time for. A room that is flushed has its players flushed behind it, in the same list. */
  private flush(gatherings: readonly Gathering[]): readonly Gathering[] {
    let since: number | undefined;
    for (let i = 0; i < gatherings.length; i++) {
      flush(gatherings[i]!);
      if ((i + 1) % WRITES > 0) continue;
      since ??= this.now();
      if (this.now() - since >= WRITING) return gatherings.slice(i + 1);
    }
    return NOTHING;
  }

  /** `rest` comes behind what is late already. */
  private flushLate(rest: readonly Gathering[]): void {
    const { late } = this;
    this.late = [];
    this.late = [...this.flush(late), ...this.late, ...rest];
  }

  /** Each turn another reader is the first: the first may use up all that the turn has. */
  private readOn(): void {
    const [first, ...others] = this.readers;
    this.readers = [];
    for (const reader of others) reader.readOn();
    first?.readOn();
  }
}

const NOTHING: readonly Gathering[] = [];

function flush(gathering: Gathering): void {
  try {
    gathering.flush();
  } catch (error) {
    gathering.failed(error);
  }
}

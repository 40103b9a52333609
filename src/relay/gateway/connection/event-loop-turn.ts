/** The turn of Node's event loop. */
import { performance } from 'node:perf_hooks';
import type { Gathering, Turn } from '../../rooms/turn.js';

/** Work that a turn reads at most, in units of about 100 nanoseconds: 5 ms, whatever else the machine is doing. */
const MOST_WORK = 50_000;

/** Connections that a turn writes small batches to at most, each a system call: 10 ms, whatever else the machine does. */
const MOST_WRITES = 1_000;

/** Milliseconds that a turn writes what is large, and what former turns left over. */
const WRITING = 10;

/** Large batches that are written between two looks at the clock. */
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
    const rest = this.flushSmall();
    if (this.late.length + rest.length > 0) this.flushLate(rest);
    this.work = 0;
    this.isSpent = this.late.length > 0;
    if (this.isSpent) this.schedule();
    else if (this.readers.length > 0) this.readOn();
  };

  /** Returns what is too much. A room that is flushed has its players flushed behind it, in the same list. */
  private flushSmall(): readonly Gathering[] {
    const { gatherings } = this;
    for (let i = 0; i < gatherings.length && i < MOST_WRITES; i++) flush(gatherings[i]!);
    this.gatherings = [];
    return gatherings.length > MOST_WRITES ? gatherings.slice(MOST_WRITES) : NOTHING;
  }

  /** `rest` comes behind what is late already. */
  private flushLate(rest: readonly Gathering[]): void {
    const { late } = this;
    this.late = [];
    const since = this.now();
    let done = 0;
    do for (const end = Math.min(late.length, done + WRITES); done < end; done++) flush(late[done]!);
    while (done < late.length && this.now() - since < WRITING);
    this.late = [...late.slice(done), ...this.late, ...rest];
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

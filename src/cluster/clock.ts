/** Time, as a port: monotonic in the program, and in a test's hand. */
// Not the global one, which Node looks up each time.
import { performance } from 'node:perf_hooks';

export interface Clock {
  /** Milliseconds of a monotonic clock. */
  now(): number;
  /** Calls `work` each `ms`, without waiting for what it does, until the returned function is called. */
  every(ms: number, work: () => void | Promise<void>): () => void;
  /** Calls `work` once after `ms`, unless the returned function is called before. */
  after(ms: number, work: () => void): () => void;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  every: (ms, work) => {
    const timer = setInterval(() => void work(), ms);
    return () => clearInterval(timer);
  },
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`. */
export async function wait(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => clock.after(ms, resolve));
}

/** What `promise` resolves to, or what `late` makes of it after `ms`; what comes later is ignored. */
export async function within<T, L>(
  clock: Clock,
  ms: number,
  promise: Promise<T>,
  late: () => L,
): Promise<T | L> {
  let stop = (): void => undefined;
  const waited = new Promise<void>((resolve) => (stop = clock.after(ms, resolve)));
  return Promise.race([promise, waited.then(late)]).finally(stop);
}

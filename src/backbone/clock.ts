/** Time, as a port: monotonic in the program, and in a test's hand. */

export interface Clock {
  /** Milliseconds of a clock that nobody can set. */
  now(): number;
  /** Calls `work` each `ms` until the returned function is called. */
  every(ms: number, work: () => void): () => void;
  /** Resolves after `ms`. */
  wait(ms: number): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => performance.now(),
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** What `promise` resolves to, or what `late` makes of it after `ms`; what comes later is ignored. */
export async function within<T, L>(
  clock: Clock,
  ms: number,
  promise: Promise<T>,
  late: () => L,
): Promise<T | L> {
  return Promise.race([promise, clock.wait(ms).then(late)]);
}

// The one place where a test waits by the clock: not to see that something is late, but to fail with words.

/** How long anything that a test waits for may take, in milliseconds; promises of SPEC.md are far tighter. */
export const PATIENCE = 60_000;

/**
 * Waits for `promise`, and says what was awaited when it does not come.
 *
 * No test is judged by its speed: the deadline is far from anything that the relay promises, and serves only to
 * end a test that would hang with a sentence instead of with a stack of the test runner.
 */
export async function within<T>(promise: Promise<T>, what: string, patience = PATIENCE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${patience} ms for ${what}`)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

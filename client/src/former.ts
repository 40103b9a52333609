/**
 * Connections that another one takes the place of. A relay with streams ends them itself, as those of a page that is
 * back; one that the page closed before that would be a farewell, and its seat free.
 */
import type { Attempt } from './attempt.js';

export class Former {
  #attempts: Attempt[] = [];

  /** Nothing more is heard of it, and it stays open until the next one is in. */
  add(attempt: Attempt): void {
    attempt.mute();
    this.#attempts.push(attempt);
  }

  release(): void {
    for (const attempt of this.#attempts.splice(0)) attempt.abandon();
  }
}

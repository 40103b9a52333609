/** Whether this device is in its party, and until when it was: what decides whether it waits for it. */
import type { Recent } from './recent.js';

export class Presence {
  readonly #recent: Recent;
  readonly #code: () => string;
  #isIn = false;
  #enteredAt = 0;
  #lostAt: number;
  #lostBefore: number;

  /** The page before a reload may have been in. */
  constructor(recent: Recent, code: () => string) {
    this.#recent = recent;
    this.#code = code;
    this.#lostAt = this.#lostBefore = recent.lastIn(code());
  }

  /** The login counts as accepted, and the connection is there. */
  get isIn(): boolean {
    return this.#isIn;
  }

  /** Milliseconds since the party was lost; Infinity if it never was. */
  get lostFor(): number {
    return Date.now() - this.#lostAt;
  }

  /** How long the device was in, when it was last, in milliseconds. */
  get lasted(): number {
    return this.#lostAt - this.#enteredAt;
  }

  enter(): void {
    this.#isIn = true;
    this.#enteredAt = Date.now();
    this.stay();
  }

  /** Said from time to time: a page that is killed says no farewell. */
  stay(): void {
    this.#recent.note(this.#code(), Date.now());
  }

  lose(): void {
    if (!this.#isIn) return;
    this.#isIn = false;
    this.#lostBefore = this.#lostAt;
    this.#isLost(Date.now());
  }

  /** It turned out that the login was refused: the device was not in. */
  undo(): void {
    this.#isLost(this.#lostBefore);
  }

  /** It is over, also after a reload. */
  forget(): void {
    this.#isLost(-Infinity);
  }

  #isLost(at: number): void {
    this.#lostAt = at;
    this.#recent.note(this.#code(), at);
  }
}

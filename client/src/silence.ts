/** How long nothing was heard: what a badge shows, and what a connection is judged by. */

const LONGEST_BEAT_MS = 2_000;
const MOST_DOUBLINGS = 3;

export class Silence {
  #linkedAt = -Infinity;
  #heardAt = -Infinity;
  #beatAt = 0;
  #countedMs = 0;
  #replaced = 0;

  /** Milliseconds since the last message, over all connections; undefined before the first. */
  get quietFor(): number | undefined {
    return this.#heardAt === -Infinity ? undefined : performance.now() - this.#heardAt;
  }

  /** Milliseconds since this connection was joined or brought a message, as the clock has it. */
  get onThisLink(): number {
    return performance.now() - Math.max(this.#linkedAt, this.#heardAt);
  }

  /** Nothing more can be expected of a connection that is new. */
  linked(): void {
    this.#linkedAt = this.#beatAt = performance.now();
    this.#countedMs = 0;
  }

  heard(): void {
    this.#heardAt = performance.now();
    this.#countedMs = this.#replaced = 0;
  }

  /**
   * A second has passed, or so. A page that was frozen beats before it hears what
   * came meanwhile, and a hidden one beats once a minute: neither says anything about the connection.
   */
  beat(): void {
    const now = performance.now();
    this.#countedMs += Math.min(now - this.#beatAt, LONGEST_BEAT_MS);
    this.#beatAt = now;
  }

  /** Milliseconds of silence that count. */
  get counted(): number {
    return this.#countedMs;
  }

  /** True if more silence was counted than that: each time that a new connection was in vain, twice as much. */
  isLongerThan(milliseconds: number): boolean {
    return this.#countedMs >= milliseconds * 2 ** this.#replaced;
  }

  /** Another connection is tried. A big screen that is hidden says nothing over any. */
  replaced(): void {
    this.#replaced = Math.min(this.#replaced + 1, MOST_DOUBLINGS);
  }
}

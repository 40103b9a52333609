/**
 * What this peer and the relay say to each other, by number: both count, and at a return each tells the other how far
 * it came. So a connection that broke costs no message, and none arrives twice.
 */

const MOST_KEPT = 256;
const MOST_KEPT_CHARACTERS = 1024 * 1024;

/** A message that the relay may not have taken, with its number. */
type Kept = readonly [number: number, text: string];

export class Stream {
  /** As the relay calls it; undefined without a relay that knows streams, and until it says so. */
  name: string | undefined;
  /** Messages received in it. */
  got = 0;
  #sent = 0;
  #kept: Kept[] = [];
  #characters = 0;
  #keeps = true;
  /** The number of the last message that is not kept any more. */
  #forgotten = 0;

  /** The next login begins a stream, of which nothing was said yet. */
  begin(): void {
    this.name = undefined;
    this.got = this.#sent = this.#forgotten = 0;
    this.#keeps = true;
    this.#clear();
  }

  /** The relay names the stream that began with the last login. */
  named(name: string | undefined): void {
    // What was not kept meanwhile would be missing.
    if (this.#keeps) this.name = name;
  }

  /** Nothing more needs to be kept: the relay knows no streams, and has accepted the login. */
  settle(): void {
    this.#keeps = false;
    this.#clear();
  }

  /** A message was handed to the connection; `text` if it may be said again. */
  sent(text?: string): void {
    this.#sent++;
    if (text === undefined || !this.#keeps) return;
    this.#kept.push([this.#sent, text]);
    this.#characters += text.length;
    while (this.#kept.length > MOST_KEPT || this.#characters > MOST_KEPT_CHARACTERS) this.#forgetOldest();
  }

  /** What was handed to the connection, as far as it is kept; it counts as not sent from now on. */
  takeBack(): string[] {
    const texts = this.#kept.map(([, text]) => text);
    this.#clear();
    return texts;
  }

  /**
   * The relay has taken that many messages. Returns those to send again; false if one of them is not kept any more, so
   * that only another stream is true.
   */
  resume(taken: number): string[] | false {
    if (this.#forgotten > taken) return false;
    this.#kept = this.#kept.filter(([number]) => number > taken);
    this.#sent = taken;
    return this.takeBack();
  }

  #forgetOldest(): void {
    const [number, text] = this.#kept.shift() as Kept;
    this.#forgotten = number;
    this.#characters -= text.length;
  }

  #clear(): void {
    this.#kept = [];
    this.#characters = 0;
  }
}

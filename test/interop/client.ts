// A client of another stack: it obeys one order a line, and says what happens to it, one event a line.

/**
 * The orders: `text WORDS`, `binary WORDS`, `fragments A⇥B⇥C` with a ping behind each but the last, `ping WORDS` and
 * `close CODE REASON`. The events: `open SUBPROTOCOL`, `text WORDS`, `binary WORDS`, `pong WORDS` and
 * `closed CODE REASON`, with the code and the reason that the stack gives its user.
 */
export interface Client {
  /** Gives all orders at once; none waits for the one before. */
  order(...orders: string[]): void;
  /** The next event. */
  next(): Promise<string>;
  /** Fault: its process ends without a word (SIGKILL). */
  kill(): Promise<void>;
}

/** What a stack cannot do, or does not let its user see. */
export type Inability = 'fragments' | 'pings';

export interface Stack {
  readonly name: string;
  readonly cannot: readonly Inability[];
  /** What its user gets when the relay closes without a status. */
  readonly silence: string;
  /** What its user gets when its own close with 4001 and "bye" is answered. */
  readonly goodbye: string;
  /** What its user gets when the relay closes with 1001. */
  readonly goingAway: string;
  /** Builds its client, and returns why it cannot be had here, if so. */
  prepare(): string | undefined;
  start(url: string, subprotocol: string): Promise<Client>;
}

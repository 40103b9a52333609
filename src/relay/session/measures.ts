/** What is counted of one connection. */

/** How it was when it was measured. */
export interface Measures {
  /** Milliseconds since it was opened. */
  readonly age: number;
  /** Messages that it has sent, its login included. */
  readonly messagesIn: number;
  /** Messages that were taken for it, those that still wait included. */
  readonly messagesOut: number;
  /** Bytes of its TCP connection, handshake and frames included. */
  readonly bytesIn: number;
  /** The same, without those that wait. */
  readonly bytesOut: number;
  /** Bytes that wait for it: it has not taken them yet. */
  readonly waiting: number;
  /** Whether nothing is read from it, so that TCP slows it down. */
  readonly isPaused: boolean;
  /** Milliseconds from the last ping to its pong; undefined before the first. */
  readonly roundTrip: number | undefined;
  /** Milliseconds by which successive round trips differ, smoothed; undefined before the second. */
  readonly jitter: number | undefined;
}

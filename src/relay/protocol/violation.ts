/**
 * What a peer can do wrong with the bytes of a message. Each is also the name of an ending (see rooms/endings.ts).
 *
 * A peer's mistake is a value, never an exception: a reader of payloads returns one of these.
 */
export type Violation =
  /** Not UTF-8, or not JSON (P8, L8). */
  | 'not-json'
  /** JSON whose top level is not an object (P9, L8). */
  | 'not-an-object'
  /** Nested deeper than `max-depth` (P10). */
  | 'too-deep'
  /** A first message that is not a login (L8). */
  | 'bad-login';

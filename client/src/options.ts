/** The options that host and player share, and their defaults. */
import type { SocketConstructor } from './socket.js';
import type { StorePlace } from './store.js';

export interface ConnectionOptions {
  /** `wss://relay.example`; unless given, the relay that served the page. */
  readonly url?: string;
  /** The constructor to use where there is no global `WebSocket` (Node 20: that of `ws`). */
  readonly WebSocket?: SocketConstructor;
  /** How many messages may wait for a connection; of more, the oldest are dropped. Default 64. */
  readonly queueLimit?: number;
  /** The longest pause between two attempts, in milliseconds. Default 5,000. */
  readonly maxPause?: number;
  /** How long to try to get back into a party that was lost, in milliseconds, over reloads too. Default 120,000. */
  readonly patience?: number;
  /** The most bytes of a message; the relay ends who sends more. Default 1,048,576, as the relay's own option. */
  readonly maxMessageSize?: number;
  /**
   * After how many milliseconds without a message something must be wrong; only the game can know. A player then has
   * the status `waiting` with reason `quiet`, and another connection after twice as long; a host looks whether the
   * relay still has it, as long as it has players. Unless given, silence means nothing.
   */
  readonly quietAfter?: number;
  /**
   * Where a reload finds what the page before it knew: the player's id and party (default `'localStorage'`;
   * `'sessionStorage'` makes each tab a separate player), the host's code, and the key by which the relay gives a seat
   * or a room back (default `'sessionStorage'`).
   */
  readonly store?: StorePlace;
}

export type Numbers = Required<Omit<ConnectionOptions, 'url' | 'WebSocket' | 'store'>>;

/** The numbers above, with what holds where nothing is said. */
export function numbersOf({
  queueLimit = 64,
  maxPause = 5_000,
  patience = 120_000,
  maxMessageSize = 1024 * 1024,
  quietAfter = Infinity,
}: ConnectionOptions): Numbers {
  return { queueLimit, maxPause, patience, maxMessageSize, quietAfter };
}

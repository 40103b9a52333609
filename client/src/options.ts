/** What host and player have in common to be told. */
import type { SocketConstructor } from './socket.js';

export interface ConnectionOptions {
  /** `wss://relay.example`; unless given, the relay that served the page. */
  readonly url?: string;
  /** The constructor to use where there is no global `WebSocket` (Node 20: that of `ws`). */
  readonly WebSocket?: SocketConstructor;
  /** How many messages may wait for a connection; of more, the oldest are dropped. Default 64. */
  readonly queueLimit?: number;
  /** The longest pause between two attempts, in milliseconds. Default 5,000. */
  readonly maxPause?: number;
  /** How long to try to get back into a party that was lost, in milliseconds. Default 120,000. */
  readonly patience?: number;
}

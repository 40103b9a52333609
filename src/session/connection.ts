/** What a session needs of the connection it lives on; the gateway has one over a WebSocket. */
import type { Message } from '../protocol/message.js';

export interface Connection {
  /** Unique in this process; names the connection in the log. */
  readonly id: number;
  readonly remoteAddress: string;
  send(message: Message): void;
  sendFrames(frames: Buffer): void;
  /** Writes what is queued, then closes: silently, or with a WebSocket close status. */
  close(status?: number): void;
}

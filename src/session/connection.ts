/** What a session needs of the connection it lives on; the gateway has one over a WebSocket. */
import type { Message } from '../protocol/message.js';
import type { HoldReason } from '../rooms/peer.js';

export interface Connection {
  /** Unique in this process; names the connection in the log. */
  readonly id: number;
  readonly remoteAddress: string;
  send(message: Message): void;
  sendFrames(frames: Buffer): void;
  hold(reason: HoldReason): void;
  release(reason: HoldReason): void;
  /** Writes what is queued, then closes: silently, or with a WebSocket close status. */
  close(status?: number): void;
  /** Resets the TCP connection; what is queued is lost. */
  cutOff(): void;
}

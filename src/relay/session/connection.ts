/** What a session needs of the connection it lives on; the gateway has one over a WebSocket. */
import type { Message } from '../protocol/message.js';
import type { HoldReason } from '../rooms/peer.js';
import type { Stream } from '../rooms/streams/stream.js';
import type { Measures } from './measures.js';

export interface Connection {
  /** Unique in this process; names the connection in the log. */
  readonly id: number;
  readonly remoteAddress: string;
  /** Whether its request named neither a page (`Origin`) nor a program (`User-Agent`). */
  readonly isNameless: boolean;
  /** Bytes that the peer has not taken yet. */
  readonly queuedBytes: number;
  /** Whether its peer has said that it leaves: by a close frame of any status but 1001, which a page sends that is reloaded. */
  readonly hasSaidGoodbye: boolean;
  /** Whether nothing is sent on it any more. */
  readonly isOver: boolean;
  /** Whether nothing is read from it. */
  readonly isHeld: boolean;
  /** Milliseconds from the last ping to its pong. */
  readonly lastRoundTrip: number | undefined;
  /** All that is counted of it, as it is now. */
  measure(): Measures;
  send(message: Message): void;
  /** Takes whole frames; `messages` is how many there are. */
  sendFrames(frames: Buffer, messages: number): void;
  hold(reason: HoldReason): void;
  release(reason: HoldReason): void;
  /** What is sent from now on belongs to the stream, which keeps it until the peer has it or its session ends. */
  carry(stream: Stream): void;
  /** Whether the peer says nothing for that many seconds, although it is pinged. */
  probe(seconds: number): Promise<boolean>;
  /** Writes what is queued, then closes: silently, or with a WebSocket close status and a reason. */
  close(status?: number, reason?: string): void;
  /** Resets the TCP connection; what is queued is lost. */
  cut(): void;
}

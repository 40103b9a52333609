/** What waits for a connection, in order and bounded; and the connection itself while there is one. */
import { bytesOf } from './message.js';
import { type Rejection, tooLarge } from './reason.js';
import { OPEN, type SocketLike } from './socket.js';

const IDLE_BYTES = 64 * 1024;

export interface OutboxLimits {
  /** How many messages may wait. */
  readonly queueLimit: number;
  /** Bytes of one message. */
  readonly maxMessageSize: number;
}

/**
 * A message is handed to one connection only, so that it arrives once at most: what was under way when a connection
 * broke may have arrived, and is not sent again. Hence nothing is handed over before the login counts as accepted,
 * and what was handed over counts as unread only when the relay itself says that it refused the login.
 */
export class Outbox {
  readonly #limits: OutboxLimits;
  readonly #rejected: (rejection: Rejection) => void;
  #waiting: string[] = [];
  #socket: SocketLike | undefined;
  // Copies of what the connection was given; undefined once its login is beyond doubt.
  #doubtful: string[] | undefined;

  constructor(limits: OutboxLimits, rejected: (rejection: Rejection) => void) {
    this.#limits = limits;
    this.#rejected = rejected;
  }

  /** Takes a connection whose login counts as accepted: everything that waits leaves. */
  attach(socket: SocketLike): void {
    const waiting = this.#waiting;
    this.#socket = socket;
    this.#waiting = [];
    this.#doubtful = [];
    waiting.forEach((text) => this.#put(text));
  }

  /** The login was accepted for certain. */
  settle(): void {
    this.#doubtful = undefined;
  }

  /** The connection is gone. */
  detach(): void {
    this.#socket = undefined;
  }

  /** The relay says that it refused the login of the connection before: it read nothing behind it. */
  restore(): void {
    const unread = [...(this.#doubtful ?? []), ...this.#waiting];
    this.#waiting = unread.slice(Math.max(0, unread.length - this.#limits.queueLimit));
    this.#doubtful = undefined;
  }

  clear(): void {
    this.#waiting = [];
    this.#doubtful = undefined;
  }

  /** False if the message is too large, or the oldest one had to make room for it. */
  send(text: string): boolean {
    return this.#fits(text) && this.#put(text);
  }

  /** Sends only if the connection is not already behind by 64 KiB. */
  sendIfIdle(text: string): boolean {
    if (this.#socket?.readyState !== OPEN || this.#socket.bufferedAmount > IDLE_BYTES) return false;
    if (!this.#fits(text)) return false;
    this.#socket.send(text);
    return true;
  }

  #put(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return this.#keep(this.#waiting, text);
    this.#socket.send(text);
    if (this.#doubtful) this.#keep(this.#doubtful, text);
    return true;
  }

  /** The relay ends who sends more. */
  #fits(text: string): boolean {
    const { maxMessageSize } = this.#limits;
    const bytes = bytesOf(text, maxMessageSize);
    if (bytes <= maxMessageSize) return true;
    this.#rejected(tooLarge(bytes, maxMessageSize));
    return false;
  }

  #keep(texts: string[], text: string): boolean {
    texts.push(text);
    if (texts.length <= this.#limits.queueLimit) return true;
    texts.shift();
    return false;
  }
}

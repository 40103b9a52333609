/** What waits for a connection, in order and bounded; and the connection itself while there is one. */
import { bytesOf } from './message.js';
import { type Rejection, tooLarge } from './reason.js';
import type { Welcome } from './relay-words.js';
import { OPEN, type SocketLike } from './socket.js';
import { Stream } from './stream.js';

const IDLE_BYTES = 64 * 1024;

export interface OutboxLimits {
  /** How many messages may wait. */
  readonly queueLimit: number;
  /** Bytes of one message. */
  readonly maxMessageSize: number;
}

/**
 * A message arrives once at most. What was under way when a connection broke may have arrived: it is handed to another
 * one only if the relay says that it was not taken, by its count, or by refusing the login. Hence nothing is handed
 * over before the login counts as accepted.
 */
export class Outbox {
  readonly stream = new Stream();
  readonly #limits: OutboxLimits;
  readonly #rejected: (rejection: Rejection) => void;
  #waiting: string[] = [];
  #socket: SocketLike | undefined;

  constructor(limits: OutboxLimits, rejected: (rejection: Rejection) => void) {
    this.#limits = limits;
    this.#rejected = rejected;
  }

  /**
   * Takes a connection whose login counts as accepted: what the relay has not taken leaves first, then everything that
   * waits. False if the stream cannot go on from there: what is missing is not kept any more.
   */
  attach(socket: SocketLike, welcome?: Welcome): boolean {
    const again = welcome?.resumed ? this.stream.resume(welcome.got) : [];
    if (!again) return false;
    const texts = [...again, ...this.#waiting];
    this.#waiting = [];
    this.#socket = socket;
    texts.forEach((text) => this.#put(text));
    return true;
  }

  /** The connection is gone. */
  detach(): void {
    this.#socket = undefined;
  }

  /** The relay says that it refused the login of the connection before: it read nothing behind it. */
  restore(): void {
    const unread = [...this.stream.takeBack(), ...this.#waiting];
    this.#waiting = unread.slice(Math.max(0, unread.length - this.#limits.queueLimit));
  }

  clear(): void {
    this.#waiting = [];
    this.stream.begin();
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
    this.stream.sent();
    return true;
  }

  #put(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return this.#wait(text);
    this.#socket.send(text);
    this.stream.sent(text);
    return true;
  }

  #wait(text: string): boolean {
    this.#waiting.push(text);
    if (this.#waiting.length <= this.#limits.queueLimit) return true;
    this.#waiting.shift();
    return false;
  }

  /** The relay ends who sends more. */
  #fits(text: string): boolean {
    const { maxMessageSize } = this.#limits;
    const bytes = bytesOf(text, maxMessageSize);
    if (bytes <= maxMessageSize) return true;
    this.#rejected(tooLarge(bytes, maxMessageSize));
    return false;
  }
}

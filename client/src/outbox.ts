/** What waits for a connection, in order and bounded; and the connection itself while there is one. */
import { OPEN, type SocketLike } from './socket.js';

const IDLE_BYTES = 64 * 1024;

/**
 * A message is handed to one connection only, so that it arrives once at most: what was under way when a connection
 * broke may have arrived, and is not sent again. Hence nothing is handed over before the login counts as accepted,
 * and what was handed over counts as unread only when the relay itself says that it refused the login.
 */
export class Outbox {
  readonly #limit: number;
  #waiting: string[] = [];
  #socket: SocketLike | undefined;
  // Copies of what the connection was given; undefined once its login is beyond doubt.
  #doubtful: string[] | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a connection whose login counts as accepted: everything that waits leaves. */
  attach(socket: SocketLike): void {
    const waiting = this.#waiting;
    this.#socket = socket;
    this.#waiting = [];
    this.#doubtful = [];
    waiting.forEach((text) => this.send(text));
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
    this.#waiting = unread.slice(Math.max(0, unread.length - this.#limit));
    this.#doubtful = undefined;
  }

  clear(): void {
    this.#waiting = [];
    this.#doubtful = undefined;
  }

  /** Sends only if the connection is not already behind by 64 KiB. */
  sendIfIdle(text: string): boolean {
    if (this.#socket?.readyState !== OPEN || this.#socket.bufferedAmount > IDLE_BYTES) return false;
    this.#socket.send(text);
    return true;
  }

  /** False if the oldest message had to make room. */
  send(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return this.#keep(this.#waiting, text);
    this.#socket.send(text);
    if (this.#doubtful) this.#keep(this.#doubtful, text);
    return true;
  }

  #keep(texts: string[], text: string): boolean {
    texts.push(text);
    if (texts.length <= this.#limit) return true;
    texts.shift();
    return false;
  }
}

/** What waits for a connection, in order and bounded; and the connection itself while there is one. */
import { OPEN, type SocketLike } from './socket.js';

const IDLE_BYTES = 64 * 1024;

export class Outbox {
  readonly #limit: number;
  #waiting: string[] = [];
  #socket: SocketLike | undefined;
  #isConfirmed = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes a connection whose login is already sent: everything leaves behind it. */
  attach(socket: SocketLike): void {
    this.#socket = socket;
    for (const text of this.#waiting) socket.send(text);
  }

  /**
   * The login is known to be accepted. Until now everything was kept, though it was sent: a relay that refuses a
   * login reads nothing behind it.
   */
  confirm(): void {
    this.#isConfirmed = true;
    this.clear();
  }

  detach(): void {
    this.#socket = undefined;
    this.#isConfirmed = false;
  }

  clear(): void {
    this.#waiting = [];
  }

  /** False if the oldest message had to make room. */
  send(text: string): boolean {
    const isOpen = this.#socket?.readyState === OPEN;
    if (isOpen) this.#socket?.send(text);
    if (isOpen && this.#isConfirmed) return true;
    this.#waiting.push(text);
    if (this.#waiting.length <= this.#limit) return true;
    this.#waiting.shift();
    return false;
  }

  /** Sends only if the connection is not already behind by 64 KiB. */
  sendIfIdle(text: string): boolean {
    if (this.#socket?.readyState !== OPEN || this.#socket.bufferedAmount > IDLE_BYTES) return false;
    this.#socket.send(text);
    return true;
  }
}

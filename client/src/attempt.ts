/**
 * One connection from its start to its end.
 *
 * The relay answers a login by nothing, or by closing. So a login counts as accepted at the first message, or when
 * nothing was closed within two round trips.
 */
import type { SocketConstructor, SocketLike } from './socket.js';

export interface AttemptListener {
  /** The connection is there, and the login is its first message. */
  loggedIn(socket: SocketLike): void;
  joined(): void;
  received(data: unknown): void;
  /** `code` is the close status; 0 if the connection never came about. Not called after `close()`. */
  ended(code: number): void;
}

const CONNECT_MS = 6_000;
const SHORTEST_PROOF_MS = 250;
const LONGEST_PROOF_MS = 2_000;

export class Attempt {
  readonly startedAt = Date.now();
  readonly #socket: SocketLike;
  readonly #listener: AttemptListener;
  #timer: ReturnType<typeof setTimeout>;
  #state: 'opening' | 'proving' | 'joined' | 'over' = 'opening';

  /** Throws what the constructor of the WebSocket throws. */
  constructor(WebSocket: SocketConstructor, url: string, login: string, listener: AttemptListener) {
    this.#listener = listener;
    this.#socket = new WebSocket(url);
    this.#timer = setTimeout(() => this.#end(0), CONNECT_MS);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#opened(login);
    this.#socket.onmessage = ({ data }: { data: unknown }) => this.#received(data);
    this.#socket.onclose = ({ code }: { code: number }) => this.#end(this.#state === 'opening' ? 0 : code);
    // What went wrong is told by `onclose`; without a listener `ws` would throw.
    this.#socket.onerror = () => undefined;
  }

  get isOpening(): boolean {
    return this.#state === 'opening';
  }

  /** Ends the connection; nothing more is heard of it. */
  close(): void {
    clearTimeout(this.#timer);
    this.#state = 'over';
    this.#socket.close();
  }

  #opened(login: string): void {
    if (this.#state !== 'opening') return;
    this.#state = 'proving';
    this.#socket.send(login);
    this.#listener.loggedIn(this.#socket);
    clearTimeout(this.#timer);
    const twoRoundTrips = 2 * (Date.now() - this.startedAt);
    const proof = Math.min(Math.max(twoRoundTrips, SHORTEST_PROOF_MS), LONGEST_PROOF_MS);
    this.#timer = setTimeout(() => this.#join(), proof);
  }

  #join(): void {
    if (this.#state !== 'proving') return;
    clearTimeout(this.#timer);
    this.#state = 'joined';
    this.#listener.joined();
  }

  #received(data: unknown): void {
    this.#join();
    // Whoever heard that it joined may have left at once.
    if (this.#state === 'joined') this.#listener.received(data);
  }

  #end(code: number): void {
    if (this.#state === 'over') return;
    this.close();
    this.#listener.ended(code);
  }
}

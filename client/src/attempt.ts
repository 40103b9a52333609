/**
 * One connection from its start to its end.
 *
 * The relay answers a login by nothing, or by closing. So a login counts as accepted at the first message, or when
 * nothing was closed within two round trips.
 */
import type { SocketConstructor, SocketLike } from './socket.js';

export interface AttemptListener {
  /** The login counts as accepted; from now on the socket may be given messages. */
  joined(socket: SocketLike): void;
  received(data: unknown): void;
  /** `code` is the close status; 0 if the connection never came about. Not called after `close()`. */
  ended(code: number): void;
}

const CONNECT_MS = 6_000;
const SHORTEST_PROOF_MS = 250;
const LONGEST_PROOF_MS = 2_000;

/** A login, for who has to judge what came after it. */
export interface Login {
  readonly sentAt: number;
  /** True if a message came: a relay says nothing to a login that it refuses. */
  readonly isProven: boolean;
}

export class Attempt {
  /** By the monotonic clock, as all times here. */
  readonly startedAt = performance.now();
  readonly #socket: SocketLike;
  readonly #listener: AttemptListener;
  #timer: ReturnType<typeof setTimeout>;
  #state: 'opening' | 'proving' | 'joined' | 'over' = 'opening';
  #loggedInAt = this.startedAt;
  #hasHeard = false;

  /** Throws what the constructor of the WebSocket throws. */
  constructor(WebSocket: SocketConstructor, url: string, login: string, listener: AttemptListener) {
    this.#listener = listener;
    this.#socket = new WebSocket(url);
    this.#timer = setTimeout(() => this.#end(0), CONNECT_MS);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#opened(login);
    this.#socket.onmessage = ({ data }: { data: unknown }) => this.#received(data);
    this.#socket.onclose = ({ code }: { code: number }) => this.#end(this.#state === 'opening' ? 0 : code);
    // `onclose` reports what went wrong; without a listener `ws` would throw.
    this.#socket.onerror = () => undefined;
  }

  get isOpening(): boolean {
    return this.#state === 'opening';
  }

  /** What is known of its login. */
  get login(): Login {
    return { sentAt: this.#loggedInAt, isProven: this.#hasHeard };
  }

  /** Ends the connection; nothing more is heard of it. What it was given still leaves. */
  close(): void {
    this.#isOver();
    this.#socket.close();
  }

  /**
   * Ends the connection for another to take its place. What it was given and has not left does not follow, where the
   * socket can prevent that: it would arrive behind what the other one says. A page cannot; `ws` can.
   */
  abandon(): void {
    this.#isOver();
    if (this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close();
  }

  #opened(login: string): void {
    if (this.#state !== 'opening') return;
    this.#state = 'proving';
    this.#socket.send(login);
    this.#loggedInAt = performance.now();
    clearTimeout(this.#timer);
    const twoRoundTrips = 2 * (this.#loggedInAt - this.startedAt);
    const proof = Math.min(Math.max(twoRoundTrips, SHORTEST_PROOF_MS), LONGEST_PROOF_MS);
    this.#timer = setTimeout(() => this.#join(), proof);
  }

  #join(): void {
    if (this.#state !== 'proving') return;
    clearTimeout(this.#timer);
    this.#state = 'joined';
    this.#listener.joined(this.#socket);
  }

  #received(data: unknown): void {
    this.#hasHeard = true;
    this.#join();
    // A listener that heard of the join may have left at once.
    if (this.#state === 'joined') this.#listener.received(data);
  }

  #end(code: number): void {
    if (this.#state === 'over') return;
    this.close();
    this.#listener.ended(code);
  }

  #isOver(): void {
    clearTimeout(this.#timer);
    this.#state = 'over';
  }
}

/**
 * One connection from its start to its end.
 *
 * A relay that knows `$relay` answers a login by `welcome`. Any other answers by nothing, or by closing: there a login
 * counts as accepted at the first message, or when nothing was closed within two round trips.
 */
import { isWelcome, readWord, type Welcome, type Word } from './relay-words.js';
import type { SocketConstructor, SocketLike } from './socket.js';

/** The first message of a connection. */
export interface LoginMessage {
  readonly text: string;
  /** True if it asks to go on with a stream: then nothing may be sent before the answer (R20). */
  readonly goesOn?: boolean;
}

export interface AttemptListener {
  /** Asked for as late as possible: what it says of a stream must be true when it leaves. */
  login(): LoginMessage;
  /**
   * The login counts as accepted; from now on the socket may be given messages. Called once more if `welcome` comes
   * after that, from a relay that took its time.
   */
  joined(socket: SocketLike, welcome?: Welcome): void;
  /** `word` if the relay itself says it. */
  received(data: unknown, word?: Word): void;
  /** `code` is the close status, 0 if the connection never came about. Not called after `close()`. */
  ended(code: number, reason: string): void;
}

const CONNECT_MS = 6_000;
const SHORTEST_PROOF_MS = 250;
const LONGEST_PROOF_MS = 2_000;
const WELCOME_MS = 10_000;
/** For `ended`: the relay did not answer a login that asked to go on. */
export const UNANSWERED = -1;

/** A login, for who has to judge what came after it. */
export interface Login {
  readonly sentAt: number;
  /** True if a message came: a relay says nothing to a login that it refuses. */
  readonly isProven: boolean;
  /** True if the relay said `welcome`. */
  readonly isWelcome: boolean;
}

export class Attempt {
  /** By the monotonic clock, as all times here. */
  readonly startedAt = performance.now();
  readonly #socket: SocketLike;
  readonly #listener: AttemptListener;
  readonly #isHost: boolean;
  #timer: ReturnType<typeof setTimeout>;
  #state: 'opening' | 'proving' | 'joined' | 'over' = 'opening';
  #loggedInAt = this.startedAt;
  #hasHeard = false;
  #isWelcome = false;

  /** Throws what the constructor of the WebSocket throws. */
  constructor(WebSocket: SocketConstructor, url: string, isHost: boolean, listener: AttemptListener) {
    this.#listener = listener;
    this.#isHost = isHost;
    this.#socket = new WebSocket(url);
    this.#timer = setTimeout(() => this.#end(0), CONNECT_MS);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onopen = () => this.#opened();
    this.#socket.onmessage = ({ data }: { data: unknown }) => this.#received(data);
    this.#socket.onclose = ({ code, reason }: { code: number; reason?: string }) =>
      this.#end(this.isOpening ? 0 : code, reason);
    // `onclose` reports what went wrong; without a listener `ws` would throw.
    this.#socket.onerror = () => undefined;
  }

  get isOpening(): boolean {
    return this.#state === 'opening';
  }

  /** What is known of its login. */
  get login(): Login {
    return { sentAt: this.#loggedInAt, isProven: this.#hasHeard, isWelcome: this.#isWelcome };
  }

  /** Ends the connection; nothing more is heard of it. What it was given still leaves. */
  close(): void {
    this.mute();
    this.#socket.close();
  }

  /**
   * Ends the connection for another to take its place. What it was given and has not left does not follow, where the
   * socket can prevent that: it would arrive behind what the other one says. A page cannot; `ws` can.
   */
  abandon(): void {
    this.mute();
    if (this.#socket.terminate) this.#socket.terminate();
    else this.#socket.close();
  }

  /** Nothing more is heard of the connection, and nothing said to it. */
  mute(): void {
    clearTimeout(this.#timer);
    this.#state = 'over';
  }

  #opened(): void {
    if (!this.isOpening) return;
    const { text, goesOn } = this.#listener.login();
    this.#state = 'proving';
    this.#socket.send(text);
    this.#loggedInAt = performance.now();
    clearTimeout(this.#timer);
    const twoRoundTrips = 2 * (this.#loggedInAt - this.startedAt);
    const proof = Math.min(Math.max(twoRoundTrips, SHORTEST_PROOF_MS), LONGEST_PROOF_MS);
    this.#timer = goesOn
      ? setTimeout(() => this.#end(UNANSWERED), WELCOME_MS)
      : setTimeout(() => this.#join(), proof);
  }

  #join(welcome?: Welcome): void {
    if (this.#state === 'over' || (this.#state === 'joined' && !welcome)) return;
    clearTimeout(this.#timer);
    this.#state = 'joined';
    this.#listener.joined(this.#socket, welcome);
  }

  #received(data: unknown): void {
    const isFirst = !this.#hasHeard;
    const word = readWord(data, this.#isHost);
    this.#hasHeard = true;
    if (isFirst && isWelcome(word)) {
      this.#isWelcome = true;
      return this.#join(word);
    }
    this.#join();
    // A listener that heard of the join may have left at once.
    if (this.#state === 'joined') this.#listener.received(data, this.#isWelcome ? word : undefined);
  }

  #end(code: number, reason = ''): void {
    if (this.#state === 'over') return;
    this.close();
    this.#listener.ended(code, reason);
  }
}

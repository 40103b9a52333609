// A WebSocket without a network: the test opens, closes and speaks for the relay.
import type { SocketLike } from '../../client/src/index.js';

export class FakeSocket implements SocketLike {
  /** All that were made since the last {@link FakeSocket.forget}, oldest first. */
  static readonly made: FakeSocket[] = [];
  binaryType = '';
  readyState = 0;
  bufferedAmount = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  /** What left, as it left. */
  readonly sent: string[] = [];

  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }

  static get last(): FakeSocket {
    const last = FakeSocket.made.at(-1);
    if (!last) throw new Error('no peer has connected');
    return last;
  }

  static forget(): void {
    FakeSocket.made.length = 0;
  }

  /** How the client got rid of it. */
  wasTerminated = false;

  send(text: string): void {
    if (this.readyState === 0) throw new Error('InvalidStateError');
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }

  terminate(): void {
    this.wasTerminated = true;
    this.close();
  }

  open(): void {
    this.readyState = 1;
    this.fire('onopen', {});
  }

  /** A message of the relay. */
  say(data: unknown): void {
    this.fire('onmessage', { data });
  }

  /** The relay itself says something: to a host in a binary frame. */
  word(word: object): void {
    const text = JSON.stringify(word);
    const isHost = this.sent[0]?.includes('login_server');
    this.say(isHost ? new TextEncoder().encode(text).buffer : text);
  }

  /** The relay knows `$relay`, and grants everything. */
  welcome(granted: object = {}): void {
    if (this.readyState === 0) this.open();
    const isHost = this.sent[0]?.includes('login_server');
    const all = { stream: 's1', resumed: false, got: 0, grace: 30, ...(isHost && { hold: 60 }) };
    this.word({ $relay: 'welcome', ...all, ...granted });
  }

  /** What the login asks of the relay. */
  get asked(): Record<string, unknown> {
    return (JSON.parse(this.sent[0] ?? '{}') as { $relay: Record<string, unknown> }).$relay;
  }

  /** The relay, or the network, ends the connection. */
  end(code: number, reason = ''): void {
    this.readyState = 3;
    this.fire('onclose', { code, reason });
  }

  private fire(handler: 'onopen' | 'onmessage' | 'onclose', event: object): void {
    (this[handler] as ((event: object) => void) | null)?.(event);
  }
}

/** As a page has it, which cannot reset a connection. */
export class PageSocket extends FakeSocket {
  constructor(url: string) {
    super(url);
    Object.defineProperty(this, 'terminate', { value: undefined });
  }
}

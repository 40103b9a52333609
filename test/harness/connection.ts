// One WebSocket of the real `ws` client: what a game or a phone has, with verbs for what can go wrong.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { expect } from 'vitest';
import { reset } from '../../src/relay/gateway/connection/reset.js';
import { within } from './deadline.js';
import { clientFrame, type FrameShape } from './frames.js';
import { Inbox } from './inbox.js';

/** A message as a browser would hand it out: text as string, binary as bytes. */
export type Received = string | Buffer;

/** How a connection ended, as its peer sees it: 1005 is a close frame without status, 1006 no close frame. */
export interface Closed {
  code: number;
  reason: string;
}

/** What a peer sees of a connection that was closed silently. */
export const silently: Closed = { code: 1005, reason: '' };

/** An open WebSocket to the relay, before and after its login. */
export class Connection {
  /** Messages that arrived and that no test looked at yet. */
  readonly inbox = new Inbox<Received>();
  /** How often the relay has pinged it. */
  pings = 0;
  private readonly ended: Promise<Closed>;
  private tcp: Socket | undefined;
  private fences = 0;

  /** Listens before the handshake is over: a message right behind the response would be missed otherwise. */
  constructor(private readonly ws: WebSocket) {
    ws.once('upgrade', ({ socket }) => (this.tcp = socket));
    ws.on('message', (data: Buffer, isBinary) => this.inbox.put(isBinary ? data : data.toString()));
    ws.on('ping', () => this.pings++);
    // A reset is an `error` and then a `close` with 1006; tests look at the latter.
    ws.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      ws.once('close', (code, reason) => {
        this.inbox.end(`the connection was closed with ${code}`);
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** Opens a WebSocket; nothing is sent on it. Rejects when the handshake is refused. */
  static async open(url: string, options: ClientOptions = {}): Promise<Connection> {
    const ws = new WebSocket(url, { perMessageDeflate: false, ...options });
    const connection = new Connection(ws);
    await within(once(ws, 'open'), `a handshake at ${url}`);
    return connection;
  }

  /** Sends a message: a string or an object (as JSON) as text, bytes as binary. */
  send(message: string | Buffer | object): void {
    this.ws.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  /** Bytes of what was sent that still wait here, because the relay does not read them. */
  get unsent(): number {
    return this.ws.bufferedAmount;
  }

  /** Sends the bytes of `text` in a binary frame, as Godot does by default. */
  sendBinary(text: string): void {
    this.ws.send(Buffer.from(text), { binary: true });
  }

  /** The next message; waits for it. */
  next(): Promise<Received> {
    return this.inbox.next('a message');
  }

  /** The next `count` messages. */
  take(count: number): Promise<Received[]> {
    return this.inbox.take(count, 'messages');
  }

  /** Proves that the relay has handled what was sent so far: a ping, and the pong that comes behind it. */
  async fence(): Promise<void> {
    const word = `fence ${++this.fences}`;
    const pong = new Promise<void>((resolve) => {
      const look = (data: Buffer): void => {
        if (data.toString() !== word) return;
        this.ws.off('pong', look);
        resolve();
      };
      this.ws.on('pong', look);
    });
    const end = this.ended.then(({ code }) => {
      throw new Error(`closed with ${code} instead of answering a ping`);
    });
    this.ws.ping(word);
    await within(Promise.race([pong, end]), 'the pong to a ping');
  }

  /**
   * Proves that the login that was sent has been granted. Other nodes may be asked meanwhile, and pings answered; but
   * not behind a message, which waits for the login. No player gets this one: a new host has none.
   */
  async loggedIn(): Promise<void> {
    this.send('no player hears this');
    await this.fence();
  }

  /** Proves that nothing has come that a test has not looked at. */
  async expectNothing(): Promise<void> {
    await this.fence();
    expect(this.inbox.waiting).toEqual([]);
  }

  /** Whether the connection is over, and all that came before that is in the inbox. */
  get isClosed(): boolean {
    return this.ws.readyState === WebSocket.CLOSED;
  }

  /** Waits until the connection is over, and tells how. */
  closed(): Promise<Closed> {
    return within(this.ended, 'a connection to be closed');
  }

  /** Leaves as a well-behaved peer does, with the closing handshake; resolves when it is over. */
  async leave(code?: number): Promise<void> {
    this.ws.close(code);
    await this.closed();
  }

  /** Fault: stops reading, so that whatever the relay sends piles up. */
  stall(): void {
    this.ws.pause();
  }

  /** The end of {@link stall}. */
  resume(): void {
    this.ws.resume();
  }

  /** Fault: is gone without a word (TCP reset). */
  vanish(): void {
    // Also while the relay is about to close it: Node never closes a socket that it resets then.
    if (this.tcp) reset(this.tcp);
  }

  /** Fault: ends its half of the TCP connection without a close frame, as the original game does. */
  halfClose(): void {
    this.tcp?.end();
  }

  /** Fault: sends one message a byte at a time, each in its own segment. */
  async trickle(payload: string | Buffer, shape?: FrameShape): Promise<void> {
    for (const byte of clientFrame(payload, shape)) {
      await new Promise((resolve) => this.tcp?.write(Buffer.from([byte]), resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Fault: sends a frame that RFC 6455 forbids (not masked). */
  breakProtocol(): void {
    this.tcp?.write(clientFrame('{}', { masked: false }));
  }

  /** The end of a test: whatever state it is in, it goes. */
  dispose(): void {
    this.ws.resume();
    this.ws.terminate();
  }
}

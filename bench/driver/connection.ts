/** One WebSocket on a raw TCP socket: as little work per message as Node allows. */
import { connect, type Socket } from 'node:net';
import type { Dialect } from './dialect.js';
import { FrameReader } from './frame-reader.js';
import { clientFrame, CLOSE, PING, PONG } from './frames.js';

/** Called with the bytes of a text message, valid only during the call; answers whether the message was its own. */
export type MessageHandler = (bytes: Buffer, start: number, end: number) => boolean;

// Reads are synchronous, so one buffer serves every connection.
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024);
const key = 'dGhlIHNhbXBsZSBub25jZQ==';

export class Connection {
  /** Asked in turn, until one knows the message. */
  handlers: MessageHandler[] = [];
  /** A message that no handler knew, or that cannot be one. */
  onUnknown: () => void = () => undefined;
  /** The connection is over, by whomever. */
  onEnd: () => void = () => undefined;
  private onPong: () => void = () => undefined;
  private onUpgrade: (() => void) | undefined;
  private response = '';
  private stalled = false;
  private leaving = false;
  private queued: Buffer[] = [];
  private readonly reader = new FrameReader(this);

  private constructor(
    private readonly socket: Socket,
    private readonly dialect: Dialect,
  ) {}

  /** Resolves when the relay has accepted the upgrade and, if the dialect has one, the greeting. */
  static async open(port: number, dialect: Dialect, home?: string): Promise<Connection> {
    const onread = { buffer: readBuffer, callback: (length: number) => connection.read(length) };
    const from = home === undefined ? {} : { localAddress: home };
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread, ...from });
    const connection: Connection = new Connection(socket, dialect);
    const greeted = dialect.greet(connection);
    await Promise.all([connection.upgrade(port), greeted]);
    connection.handlers = [];
    return connection;
  }

  /** Writes the frame at once. */
  send(frame: Buffer): void {
    this.socket.write(frame);
  }

  /** Keeps the frames for {@link flush}; true if they are the first. */
  queue(frames: Buffer): boolean {
    return this.queued.push(frames) === 1;
  }

  flush(): void {
    const [first] = this.queued;
    if (first === undefined) return;
    this.socket.write(this.queued.length === 1 ? first : Buffer.concat(this.queued));
    this.queued = [];
  }

  nextText(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.onEnd = () => reject(new Error('the relay ended a connection that logs in'));
      this.handlers = [(bytes, start, end) => (resolve(bytes.toString('utf8', start, end)), true)];
    });
  }

  /** Resolves when the relay has seen everything sent so far; rejects if it ends the connection instead. */
  fence(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onEnd = () => reject(new Error('the relay ended a connection that logs in'));
      this.onPong = resolve;
      this.send(clientFrame(Buffer.alloc(0), PING));
    });
  }

  /** Stops reading for good, as a phone does whose tab is frozen. */
  stall(): void {
    this.stalled = true;
  }

  /** Leaves with a close frame; {@link onEnd} tells when the relay has ended the connection. */
  leave(): void {
    this.leaving = true;
    this.send(clientFrame(Buffer.alloc(0), CLOSE));
  }

  /** Leaves without a word. */
  vanish(): void {
    this.onEnd = () => undefined;
    this.socket.destroy();
  }

  /** @internal */
  text(bytes: Buffer, start: number, end: number): void {
    for (const handler of this.handlers) if (handler(bytes, start, end)) return;
    const answer =
      end - start < 4 ? this.dialect.answers.get(bytes.toString('latin1', start, end)) : undefined;
    if (answer !== undefined) this.send(answer);
    else if (!this.isAside(bytes, start)) this.onUnknown();
  }

  /** @internal */
  control(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === PONG) this.onPong();
    else if (opcode === PING) this.send(clientFrame(Buffer.from(bytes.subarray(start, end)), PONG));
    else if (!this.leaving) this.send(clientFrame(Buffer.from(bytes.subarray(start, end)), CLOSE));
  }

  /** @internal */
  malformed(): void {
    this.onUnknown();
  }

  private isAside(bytes: Buffer, start: number): boolean {
    const { aside } = this.dialect;
    return aside !== undefined && bytes.toString('latin1', start, start + aside.length) === aside;
  }

  private upgrade(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onUpgrade = resolve;
      this.socket.on('error', reject);
      this.socket.on('close', () => {
        reject(new Error('the relay refused a connection'));
        this.onEnd();
      });
      this.socket.write(
        `GET ${this.dialect.path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\n` +
          `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
    });
  }

  private read(length: number): boolean {
    if (this.stalled) return false;
    const chunk = readBuffer.subarray(0, length);
    if (this.onUpgrade === undefined) this.reader.read(chunk);
    else this.readResponse(chunk, this.onUpgrade);
    return true;
  }

  private readResponse(chunk: Buffer, accepted: () => void): void {
    this.response += chunk.toString('latin1');
    const end = this.response.indexOf('\r\n\r\n');
    if (end < 0) return;
    if (!this.response.startsWith('HTTP/1.1 101')) return void this.socket.destroy();
    const rest = Buffer.from(this.response.slice(end + 4), 'latin1');
    this.onUpgrade = undefined;
    this.response = '';
    accepted();
    if (rest.length > 0) this.reader.read(rest);
  }
}

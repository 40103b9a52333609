// A peer that speaks TCP and writes its handshake and frames by hand, one segment per write.
import { connect, type Socket } from 'node:net';
import { within } from './deadline.js';
import { clientFrame, opcode, readServerFrame, type Frame } from './frames.js';
import { Inbox } from './inbox.js';

/** An upgrade request with the headers that RFC 6455 demands, and `headers` (whole lines) behind them. */
export function upgradeRequest(path = '/', headers: string[] = []): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    'Host: relay.example',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** One TCP connection to the relay. It answers nothing by itself: no ping, no close frame. */
export class RawPeer {
  /** Resolves when the relay has ended the connection (FIN or reset). */
  readonly ended: Promise<void>;
  private readonly heads = new Inbox<string>();
  private readonly frames = new Inbox<Frame>();
  private unread = Buffer.alloc(0);
  private upgraded = false;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.read(Buffer.from(chunk)));
    socket.on('error', () => socket.destroy());
    this.ended = new Promise((resolve) => {
      const end = (): void => {
        this.heads.end('the relay ended the connection');
        this.frames.end('the relay ended the connection');
        resolve();
      };
      socket.once('end', end).once('close', end);
    });
  }

  static async connect(port: number): Promise<RawPeer> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const peer = new RawPeer(socket);
    const connected = new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    await within(connected, 'a TCP connection');
    return peer;
  }

  /** A peer that has done its handshake, and then sent `payloads` as text messages in one segment. */
  static async upgraded(port: number, ...payloads: string[]): Promise<RawPeer> {
    const peer = await RawPeer.connect(port);
    peer.write(upgradeRequest());
    await peer.head();
    if (payloads.length > 0) peer.write(...payloads.map((payload) => clientFrame(payload)));
    return peer;
  }

  /** Sends all parts in one write, so that they arrive together. */
  write(...parts: (string | Buffer)[]): void {
    this.socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }

  /** Sends each piece in its own segment. */
  async writeApart(pieces: Iterable<Buffer>): Promise<void> {
    for (const piece of pieces) {
      await new Promise((resolve) => this.socket.write(piece, resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Sends `bytes` one by one, each in its own segment. */
  async trickle(bytes: Buffer): Promise<void> {
    await this.writeApart([...bytes].map((byte) => Buffer.from([byte])));
  }

  /** The response to the handshake: status line and headers, without the empty line. */
  head(): Promise<string> {
    return this.heads.next('the response to a handshake');
  }

  /** The next frame of the relay; rejects when there is none before the end. */
  frame(): Promise<Frame> {
    return this.frames.next('a frame');
  }

  /** Waits for the end of the connection and returns the frames that were not looked at before. */
  async rest(): Promise<Frame[]> {
    await within(this.ended, 'the relay to end a connection');
    return this.frames.drain();
  }

  /** Proves that whatever the relay had to send so far was sent: what came before the pong is returned. */
  async fence(): Promise<Frame[]> {
    this.write(clientFrame('fence', { opcode: opcode.ping }));
    const before: Frame[] = [];
    for (;;) {
      const frame = await this.frame();
      if (frame.opcode === opcode.pong && frame.payload.toString() === 'fence') return before;
      before.push(frame);
    }
  }

  /** Says that it will send nothing more (FIN), and goes on reading. */
  halfClose(): void {
    this.socket.end();
  }

  /** Stops reading: its receive window fills. */
  stall(): void {
    this.socket.pause();
  }

  /** Ends the connection as a process does that is gone (TCP reset). */
  vanish(): void {
    this.socket.resetAndDestroy();
  }

  private read(chunk: Buffer): void {
    this.unread = Buffer.concat([this.unread, chunk]);
    if (!this.upgraded) this.readHead();
    if (!this.upgraded) return;
    for (let found = readServerFrame(this.unread); found; found = readServerFrame(this.unread)) {
      this.unread = this.unread.subarray(found.length);
      this.frames.put(found.frame);
    }
  }

  private readHead(): void {
    const end = this.unread.indexOf('\r\n\r\n');
    if (end < 0) return;
    this.upgraded = true;
    this.heads.put(this.unread.toString('latin1', 0, end));
    this.unread = this.unread.subarray(end + 4);
  }
}

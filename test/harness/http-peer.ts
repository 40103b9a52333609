// A peer that speaks HTTP by hand: many requests at once, answers that it may not read.
import { connect, type Socket } from 'node:net';
import { within } from './deadline.js';

/** A request with the lines of `headers` in it. */
export function request(path: string, headers: string[] = [], method = 'GET', body = ''): string {
  return `${[`${method} ${path} HTTP/1.1`, 'Host: relay.example', ...headers].join('\r\n')}\r\n\r\n${body}`;
}

/** One TCP connection to the relay. */
export class HttpPeer {
  /** Resolves when the relay has ended the connection. */
  readonly ended: Promise<void>;
  /** All that was read. */
  text = '';
  private readonly watchers = new Set<() => void>();

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.text += chunk.toString('latin1');
      for (const watcher of [...this.watchers]) watcher();
    });
    socket.on('error', () => socket.destroy());
    this.ended = new Promise((resolve) => socket.once('end', resolve).once('close', () => resolve()));
  }

  static async connect(port: number): Promise<HttpPeer> {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    await within(new Promise((resolve) => socket.once('connect', resolve)), 'a TCP connection');
    return new HttpPeer(socket);
  }

  /** The statuses of the answers so far. */
  get statuses(): number[] {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
  }

  get isEnded(): boolean {
    return this.socket.readableEnded || this.socket.destroyed;
  }

  write(text: string): void {
    this.socket.write(text);
  }

  /** Sends a request and waits for the beginning of its answer; 0 if there is none. */
  async ask(text: string): Promise<number> {
    const count = this.statuses.length;
    this.write(text);
    await this.answers(count + 1);
    return this.statuses[count] ?? 0;
  }

  /** Waits until there are so many answers, or the end. */
  answers(count: number): Promise<void> {
    return this.until(() => this.statuses.length >= count, `${count} answers`);
  }

  /** Waits until the last answer is whole. */
  whole(): Promise<void> {
    return this.until(() => {
      const answer = this.text.slice(this.text.lastIndexOf('HTTP/1.1 '));
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
      const head = answer.indexOf('\r\n\r\n');
      return head >= 0 && answer.length >= head + 4 + length;
    }, 'a whole answer');
  }

  private until(holds: () => boolean, what: string): Promise<void> {
    const there = new Promise<void>((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
    return within(Promise.race([there, this.ended]), what);
  }

  /** Waits for the end of the connection. */
  async rest(): Promise<void> {
    await within(this.ended, 'the relay to end a connection');
  }

  /** Stops reading: its receive window fills. */
  stall(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** Says that it will send nothing more, and goes on reading. */
  halfClose(): void {
    this.socket.end();
  }

  dispose(): void {
    this.socket.destroy();
  }
}

/** Connections of a test to one relay; they end with {@link HttpPeers.sweep}. */
export class HttpPeers {
  private readonly peers: HttpPeer[] = [];

  constructor(private readonly port: () => number) {}

  async connect(): Promise<HttpPeer> {
    const peer = await HttpPeer.connect(this.port());
    this.peers.push(peer);
    return peer;
  }

  /** Several at once. */
  connectMany(count: number): Promise<HttpPeer[]> {
    return Promise.all(Array.from({ length: count }, () => this.connect()));
  }

  sweep(): void {
    for (const peer of this.peers.splice(0)) peer.dispose();
  }
}

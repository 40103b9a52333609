// A network that a test can cut: a TCP proxy on its own port.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { reset } from '../../src/relay/gateway/connection/reset.js';

/**
 * Connections through it reach `port` of this machine, byte for byte, with every end and every reset.
 *
 * What a cut holds back is not lost but late, as with TCP on a network that heals: bytes, ends and new
 * connections wait, and come through in their order.
 */
export class TcpProxy {
  private readonly server: Server;
  private readonly passages = new Set<Passage>();
  private isCut = false;

  private constructor(public target: number) {
    this.server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => this.join(near));
  }

  /** Without a port it leads nowhere, until `target` is set. */
  static async to(port = 0): Promise<TcpProxy> {
    const proxy = new TcpProxy(port);
    await once(proxy.server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** How many connections there are now. */
  get connections(): number {
    return this.passages.size;
  }

  /** From now on nothing comes through in either direction, without a sign: no reset, no end. */
  cut(): void {
    this.isCut = true;
    this.strand();
  }

  /**
   * As {@link cut}, but for the connections that there are: new ones come through, as when a phone changes its network.
   * Or in one direction: what comes from the near end goes `up`.
   */
  strand(way: 'up' | 'down' | 'both' = 'both'): void {
    for (const passage of this.passages) passage.shut(way);
  }

  /** Lets through what waited, and all that follows. */
  heal(): void {
    this.isCut = false;
    for (const passage of this.passages) passage.open();
  }

  /** Resets all connections at both ends; new ones are served as before. */
  reset(): void {
    for (const passage of this.passages) passage.reset();
  }

  async close(): Promise<void> {
    this.reset();
    const closed = once(this.server, 'close');
    this.server.close();
    await Promise.all([closed, ...[...this.passages].map(({ ended }) => ended)]);
  }

  private join(near: Socket): void {
    const passage = new Passage(near, this.target);
    this.passages.add(passage);
    void passage.ended.then(() => this.passages.delete(passage));
    if (!this.isCut) passage.open();
  }
}

/** One connection through the proxy; shut at first. */
class Passage {
  /** Resolves when both its sockets are gone. */
  readonly ended: Promise<void>;
  private far: Socket | undefined;
  private isOpen = false;
  private isBroken = false;
  private living = 1;
  private end: () => void = () => undefined;

  constructor(
    private readonly near: Socket,
    private readonly target: number,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.watch(near);
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    if (this.isBroken || this.near.destroyed) return this.reset();
    if (!this.far) this.watch((this.far = this.reach()));
    // One direction may be open.
    this.near.unpipe();
    this.far.unpipe();
    this.near.pipe(this.far);
    this.far.pipe(this.near);
  }

  /** What is not read from a socket stays with the kernel, and so does the news of its end. */
  shut(way: 'up' | 'down' | 'both' = 'both'): void {
    this.isOpen = false;
    if (way !== 'down') this.near.unpipe().pause();
    if (way !== 'up') this.far?.unpipe().pause();
  }

  reset(): void {
    for (const socket of [this.near, this.far]) if (socket !== undefined) reset(socket);
  }

  private reach(): Socket {
    this.living++;
    return connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true });
  }

  private watch(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => {
      this.isBroken = true;
      if (this.isOpen) this.reset();
    });
    socket.on('close', () => {
      if (--this.living === 0) this.end();
    });
  }
}

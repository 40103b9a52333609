// A network between phone and relay that can be cut: a TCP proxy on its own port.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class FlakyNetwork {
  private readonly sockets = new Set<Socket>();
  /** Those of WebSockets, and where each leads, at both ends. */
  private readonly upgraded = new Map<Socket, Socket>();
  private readonly stranded = new Set<Socket>();
  private isDown = false;
  private readonly server: Server;

  private constructor(to: number) {
    this.server = createServer((near) => {
      if (this.isDown) return near.destroy();
      const far = connect(to, '127.0.0.1');
      near.pipe(far);
      far.pipe(near);
      near.once('data', (head: Buffer) => {
        if (/^upgrade: websocket/im.test(head.toString())) this.upgraded.set(near, far).set(far, near);
      });
      for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          this.upgraded.delete(socket);
          this.stranded.delete(socket);
          other.destroy();
        });
      }
    });
  }

  /** Leads to the same place as `origin`. */
  static async before(origin: string): Promise<FlakyNetwork> {
    const network = new FlakyNetwork(Number(new URL(origin).port));
    network.server.listen(0, '127.0.0.1');
    await once(network.server, 'listening');
    return network;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Cuts all connections, and refuses new ones until {@link FlakyNetwork.up}. */
  down(): void {
    this.isDown = true;
    for (const socket of this.sockets) socket.destroy();
  }

  /**
   * As when a phone changes its network: WebSockets that are open are dead, which neither end can tell, and all that is
   * new comes through. Connections that wait for the next file are cut, so that no reload waits for one of them.
   */
  strand(): void {
    for (const socket of this.sockets) {
      if (this.upgraded.has(socket)) this.stranded.add(socket.unpipe().pause());
      else socket.destroy();
    }
  }

  /** What the dead connections held back comes through at last: their messages, and their ends. */
  deliver(): void {
    for (const socket of this.stranded) {
      const other = this.upgraded.get(socket);
      if (other) socket.pipe(other);
    }
    this.stranded.clear();
  }

  up(): void {
    this.isDown = false;
  }

  async close(): Promise<void> {
    this.down();
    this.server.close();
    await once(this.server, 'close');
  }
}

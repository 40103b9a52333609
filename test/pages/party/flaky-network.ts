// A network between phone and relay that can be cut: a TCP proxy on its own port.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class FlakyNetwork {
  private readonly sockets = new Set<Socket>();
  /** Those of WebSockets, at both ends. */
  private readonly upgraded = new Set<Socket>();
  private isDown = false;
  private readonly server: Server;

  private constructor(to: number) {
    this.server = createServer((near) => {
      if (this.isDown) return near.destroy();
      const far = connect(to, '127.0.0.1');
      near.pipe(far);
      far.pipe(near);
      near.once('data', (head: Buffer) => {
        if (/^upgrade: websocket/im.test(head.toString())) this.upgraded.add(near).add(far);
      });
      for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          this.sockets.delete(socket);
          this.upgraded.delete(socket);
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
      if (this.upgraded.has(socket)) socket.unpipe().pause();
      else socket.destroy();
    }
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

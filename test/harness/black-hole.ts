// A network between a peer and the relay that can swallow everything, as a dead router does: no reset, no end.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, afterAll } from 'vitest';
import { Connection } from './connection.js';
import type { Relay } from './relay.js';

/** A TCP proxy in front of the relay. */
export class BlackHole {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly peers: Connection[] = [];

  constructor(private readonly relay: Relay) {
    this.server = createServer((inside) => this.join(inside));
  }

  /** A WebSocket to the relay, through the proxy. */
  async connect(): Promise<Connection> {
    const { port } = this.server.address() as AddressInfo;
    const peer = await Connection.open(`ws://127.0.0.1:${port}/`);
    this.peers.push(peer);
    return peer;
  }

  /** From now on nothing comes through, in either direction, and both ends believe that the other is there. */
  swallow(): void {
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.removeAllListeners('data').on('data', () => undefined);
    }
  }

  async start(): Promise<void> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
  }

  sweep(): void {
    for (const peer of this.peers.splice(0)) peer.dispose();
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  stop(): void {
    this.server.close();
  }

  private join(inside: Socket): void {
    const outside = connect(Number(new URL(this.relay.url()).port), '127.0.0.1');
    for (const [from, to] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      this.sockets.add(from);
      from.on('error', () => from.destroy());
      from.pipe(to);
    }
  }
}

/** Puts a proxy before the relay for the tests of a file. */
export function useBlackHole(relay: Relay): BlackHole {
  const network = new BlackHole(relay);
  beforeAll(() => network.start());
  afterEach(() => network.sweep());
  afterAll(() => network.stop());
  return network;
}

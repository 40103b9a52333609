// A network between a peer and the relay that can swallow everything, as a dead router does: no reset, no end.
import { afterEach, beforeAll, afterAll } from 'vitest';
import { Connection } from './connection.js';
import type { Relay } from './relay.js';
import { TcpProxy } from './tcp-proxy.js';

/** A TCP proxy in front of the relay. */
export class BlackHole {
  private proxy: TcpProxy | undefined;
  private readonly peers: Connection[] = [];

  constructor(private readonly relay: Relay) {}

  /** A WebSocket to the relay, through the proxy. */
  async connect(): Promise<Connection> {
    const peer = await Connection.open(`ws://127.0.0.1:${this.proxy?.port}/`);
    this.peers.push(peer);
    return peer;
  }

  /** From now on nothing comes through, in either direction, and both ends believe that the other is there. */
  swallow(): void {
    this.proxy?.cut();
  }

  async start(): Promise<void> {
    this.proxy = await TcpProxy.to(Number(new URL(this.relay.url()).port));
  }

  sweep(): void {
    for (const peer of this.peers.splice(0)) peer.dispose();
    this.proxy?.reset();
    this.proxy?.heal();
  }

  async stop(): Promise<void> {
    await this.proxy?.close();
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

// Two nats-servers that are one, as long as the test lets them talk to each other.
import { vi } from 'vitest';
import { startNatsServer, type NatsServer } from './nats-server.js';
import { TcpProxy } from './tcp-proxy.js';

/** Whoever starts it stops it. */
export class NatsCluster {
  private constructor(
    readonly servers: readonly [NatsServer, NatsServer],
    /** How each reaches the other. */
    private readonly routes: readonly [TcpProxy, TcpProxy],
  ) {}

  /** Resolves when the two have met, and JetStream has a leader. */
  static async start(): Promise<NatsCluster> {
    const routes = [await TcpProxy.to(), await TcpProxy.to()] as const;
    const first = await startNatsServer({ cluster: { serverName: 'first', routeTo: routes[0].port } });
    const second = await startNatsServer({ cluster: { serverName: 'second', routeTo: routes[1].port } });
    routes[0].target = second.routePort;
    routes[1].target = first.routePort;
    await vi.waitFor(() => expectLeader([first, second]), { timeout: 50_000, interval: 50 });
    return new NatsCluster([first, second], routes);
  }

  /** The servers no longer hear of each other; clients of both stay connected and are told nothing. */
  cutRoute(): void {
    for (const route of this.routes) route.cut();
  }

  healRoute(): void {
    for (const route of this.routes) route.heal();
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    await Promise.all(this.routes.map((route) => route.close()));
  }
}

/** Throws while none of them leads: until then every request to JetStream fails. */
function expectLeader(servers: readonly NatsServer[]): void {
  const lead = servers.map(({ logs }) => logs.count('Self is new JetStream cluster metadata leader'));
  if (lead.every((count) => count === 0)) throw new Error('no nats-server of the cluster leads it');
}

/** Two clustered servers; a client of one of them is not told of the other. */
export function startNatsCluster(): Promise<NatsCluster> {
  return NatsCluster.start();
}

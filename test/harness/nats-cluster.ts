// Two nats-servers that are one, as long as the test lets them talk to each other.
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { vi } from 'vitest';
import { startNatsServer, type NatsServer } from './nats-server.js';
import { TcpProxy } from './tcp-proxy.js';

const NAMES = ['first', 'second'] as const;

/** The caller stops it. */
export class NatsCluster {
  private constructor(
    readonly servers: readonly [NatsServer, NatsServer],
    /**
     * The only way from one server to the other. While it is cut, clients of both stay connected and are told nothing,
     * and what the servers say to each other comes late.
     */
    readonly route: TcpProxy,
    private readonly mirror: TcpProxy,
  ) {}

  /** Resolves when the two have met, and JetStream has a leader. */
  static async start(): Promise<NatsCluster> {
    // JetStream wants a route in each configuration. If each led to the other, one of the two that come about would
    // be closed as the duplicate, at any time; a server that finds itself at the end of a route leaves it at that.
    const mirror = await TcpProxy.to();
    const first = await startNatsServer({ cluster: { serverName: NAMES[0], routeTo: mirror.port } });
    mirror.target = first.routePort;
    const route = await TcpProxy.to(first.routePort);
    const second = await startNatsServer({ cluster: { serverName: NAMES[1], routeTo: route.port } });
    await vi.waitFor(() => expectLeader([first, second]), { timeout: 50_000, interval: 50 });
    return new NatsCluster([first, second], route, mirror);
  }

  /** The server that keeps a table, of which there is one copy. */
  async keeperOf(table: string): Promise<NatsServer> {
    const connection = await connect({ servers: this.servers[0].url });
    const { streamInfo } = await (await new Kvm(connection).open(table)).status();
    await connection.close();
    const keeper = this.servers.find((_, at) => NAMES[at] === streamInfo.cluster?.leader);
    if (keeper === undefined) throw new Error(`no nats-server keeps ${table}`);
    return keeper;
  }

  /** The other server. */
  beside(server: NatsServer): NatsServer {
    return server === this.servers[0] ? this.servers[1] : this.servers[0];
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    await Promise.all([this.route, this.mirror].map((proxy) => proxy.close()));
  }
}

/**
 * Throws while none of them leads, or does not follow: until then requests to JetStream may fail. What a client
 * subscribes to is known to the other server a moment later.
 */
function expectLeader(servers: readonly NatsServer[]): void {
  const leading = servers.filter(
    ({ logs }) => logs.count('Self is new JetStream cluster metadata leader') > 0,
  );
  const following = servers.filter(({ logs }) => logs.count('JetStream cluster new metadata leader') > 0);
  if (leading.length + following.length < 2) throw new Error('the cluster of nats-servers has no leader');
}

/** Two clustered servers; a client of one of them is not told of the other. */
export function startNatsCluster(): Promise<NatsCluster> {
  return NatsCluster.start();
}

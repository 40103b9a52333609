// The nodes of a soak, on two real nats-servers by turns, each behind its own network that can be cut.
import { expect, vi } from 'vitest';
import { fixed } from '../../harness/fixed.js';
import { PATIENCE } from '../../harness/deadline.js';
import type { Logs } from '../../harness/logs.js';
import { type NatsCluster, startNatsCluster } from '../../harness/nats-cluster.js';
import type { NatsServer } from '../../harness/nats-server.js';
import { CODES, Node, isUp, settleCodes } from '../../harness/node.js';
import { memoryOf, openFilesOf } from '../../harness/process-stats.js';
import { TcpProxy } from '../../harness/tcp-proxy.js';

/** Heartbeats are missed within seconds, and a host that naps holds its players wherever they are. */
const FLAGS = [
  ...['--player-silence', '5', '--host-silence', '20'],
  ...['--max-player-outbox', '1048576', '--player-rate', '300'],
  ...fixed({ playerPingInterval: 1, hostPingInterval: 1 }),
];

/** A node that can be cut from the broker and die. */
export class SoakNode extends Node {
  private constructor(
    readonly broker: NatsServer,
    readonly network: TcpProxy,
    /** What each of its processes has said. */
    private readonly lives: Logs[],
  ) {
    super(['--nats', `nats://127.0.0.1:${network.port}`, ...FLAGS]);
  }

  static async on(broker: NatsServer, lives: Logs[]): Promise<SoakNode> {
    const node = new SoakNode(broker, await TcpProxy.to(broker.port), lives);
    await node.start();
    return node;
  }

  override async start(): Promise<void> {
    await super.start();
    this.lives.push(this.logs);
  }
}

/** The caller stops it. */
export class Fleet {
  private readonly lives: Logs[];
  /** What an unused node has: open files, and MiB of memory. */
  private readonly files: number;
  private readonly memory: number;

  private constructor(
    readonly brokers: NatsCluster,
    readonly nodes: readonly [SoakNode, ...SoakNode[]],
    lives: Logs[],
  ) {
    this.lives = lives;
    this.files = Math.max(...nodes.map(({ program }) => openFilesOf(program)));
    this.memory = Math.max(...nodes.map(({ program }) => memoryOf(program)));
  }

  static async start(count: number): Promise<Fleet> {
    const brokers = await startNatsCluster();
    const [first, second] = brokers.servers;
    await settleCodes(first.url);
    const lives: Logs[] = [];
    const others = Array.from({ length: count - 1 }, (_, n) => SoakNode.on(n % 2 ? first : second, lives));
    const nodes = await Promise.all([SoakNode.on(first, lives), ...others]);
    await Promise.all(nodes.map((node) => isUp(node)));
    return new Fleet(brokers, nodes, lives);
  }

  /** The broker that keeps the table of codes. */
  keeper(): Promise<NatsServer> {
    return this.brokers.keeperOf(CODES);
  }

  /** The nodes on the other broker. */
  nodesBeside(keeper: NatsServer): SoakNode[] {
    return this.nodes.filter(({ broker }) => broker !== keeper);
  }

  /** How many connections ended, or were refused, for which reason. */
  get endings(): Record<string, number> {
    const endings: Record<string, number> = {};
    for (const { raw } of this.lives.flatMap(({ lines }) => lines)) {
      const ending = /"ending":"([a-z-]+)"/.exec(raw)?.[1];
      if (ending !== undefined) endings[ending] = (endings[ending] ?? 0) + 1;
    }
    return endings;
  }

  /** Lines of all nodes that contain a word, by time. */
  linesOf(word: string): string {
    const lines = this.lives.flatMap((logs) => logs.lines).filter(({ raw }) => raw.includes(word));
    const at = (raw: string): number => Number(/"timestamp":(\d+)/.exec(raw)?.[1] ?? 0);
    return lines
      .map(({ raw }) => raw)
      .sort((a, b) => at(a) - at(b))
      .join('\n');
  }

  /** When no peer is connected any more, a node has no more files open than a new one, and keeps less than that many MiB. */
  async expectNothingKept(limit: number): Promise<void> {
    for (const { program } of this.nodes) {
      await vi.waitFor(() => {
        expect(openFilesOf(program)).toBeLessThanOrEqual(this.files);
        expect(memoryOf(program) - this.memory).toBeLessThan(limit);
      }, 60_000);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.brokers.stop();
    for (const { network } of this.nodes) {
      network.heal();
      await vi.waitFor(() => expectNobody(network), { timeout: PATIENCE });
      await network.close();
    }
  }
}

function expectNobody({ connections }: TcpProxy): void {
  if (connections > 0) throw new Error('a connection of a peer that is gone');
}

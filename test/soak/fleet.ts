// The nodes of a soak, on a real nats-server, each behind a network of its own that can be cut.
import { vi } from 'vitest';
import { PATIENCE } from '../harness/deadline.js';
import type { Logs } from '../harness/logs.js';
import { NatsServer } from '../harness/nats-server.js';
import { Node, isUp, settleCodes } from '../harness/node.js';
import { TcpProxy } from '../harness/tcp-proxy.js';

/** Heartbeats are missed within seconds, and a host that naps holds its players wherever they are. */
const FLAGS = [
  ...['--player-ping-interval', '1', '--player-silence', '5'],
  ...['--host-ping-interval', '1', '--host-silence', '20'],
  ...['--pause-outbox', '262144', '--max-player-outbox', '1048576', '--player-rate', '300'],
];

/** A node that can be cut from the broker and die. */
export class SoakNode extends Node {
  private constructor(
    readonly network: TcpProxy,
    /** What each of its processes has said. */
    private readonly lives: Logs[],
  ) {
    super(['--nats', `nats://127.0.0.1:${network.port}`, ...FLAGS]);
  }

  static async on(nats: NatsServer, lives: Logs[]): Promise<SoakNode> {
    const node = new SoakNode(await TcpProxy.to(nats.port), lives);
    await node.start();
    return node;
  }

  override async start(): Promise<void> {
    await super.start();
    this.lives.push(this.logs);
  }
}

/** Whoever starts it stops it. */
export class Fleet {
  private readonly lives: Logs[];

  private constructor(
    readonly nats: NatsServer,
    readonly nodes: readonly [SoakNode, ...SoakNode[]],
    lives: Logs[],
  ) {
    this.lives = lives;
  }

  static async start(count: number): Promise<Fleet> {
    const nats = new NatsServer();
    await nats.start();
    await settleCodes(nats.url);
    const lives: Logs[] = [];
    const others = Array.from({ length: count - 1 }, () => SoakNode.on(nats, lives));
    const nodes = await Promise.all([SoakNode.on(nats, lives), ...others]);
    await Promise.all(nodes.map((node) => isUp(node)));
    return new Fleet(nats, nodes, lives);
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

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await this.nats.stop();
    for (const { network } of this.nodes) {
      network.heal();
      await vi.waitFor(() => expectNobody(network), { timeout: PATIENCE });
      await network.close();
    }
  }
}

function expectNobody({ connections }: TcpProxy): void {
  if (connections > 0) throw new Error('a connection of somebody who is gone');
}

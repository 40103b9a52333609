// Several nodes that are one relay, on a real nats-server of their own.
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import type { Connection } from '../harness/connection.js';
import { NatsServer } from '../harness/nats-server.js';
import { Node, isUp, settleCodes } from '../harness/node.js';
import { loginHost } from '../harness/one-relay.js';

/** The nodes of a test file and their broker. */
export interface Nodes {
  readonly nats: NatsServer;
  readonly nodes: readonly Node[];
}

/** Starts a node; the caller ends it. */
export async function startNode(url: string, ...args: string[]): Promise<Node> {
  const node = new Node(['--nats', url, '--log-level', 'debug', ...args]);
  await node.start();
  await isUp(node);
  return node;
}

/** A host on `node`, or undefined if it was refused. */
export async function tryHost(node: Node, code: string): Promise<Connection | undefined> {
  const before = node.logs.count(`Host of ${code} `, 'opened its room');
  const connection = await node.connect();
  let isOver = false;
  // It may well live for longer than anybody waits for its end.
  connection.closed().then(
    () => (isOver = true),
    () => undefined,
  );
  connection.send(loginHost(code));
  await vi.waitFor(
    () => {
      const isHost = node.logs.count(`Host of ${code} `, 'opened its room') > before;
      if (!isHost && !isOver) throw new Error(`nobody answered the host of ${code}`);
    },
    { timeout: 30_000, interval: 5 },
  );
  return isOver ? undefined : connection;
}

/** A host that asks, without a pause, until it is let in. */
export async function hostAtLast(node: Node, code: string): Promise<Connection> {
  for (;;) {
    const host = await tryHost(node, code);
    if (host !== undefined) return host;
  }
}

/** A broker for the tests of a file, each of which has its own nodes, in whatever state it leaves them. */
export class Broker {
  readonly nats = new NatsServer();
  private readonly started: Node[] = [];

  async node(url = this.nats.url, ...args: string[]): Promise<Node> {
    const node = await startNode(url, ...args);
    this.started.push(node);
    return node;
  }

  async two(...args: string[]): Promise<[Node, Node]> {
    const node = (): Promise<Node> => this.node(this.nats.url, ...args);
    return Promise.all([node(), node()]);
  }

  /** As many as any test needs. */
  async three(...args: string[]): Promise<[Node, Node, Node]> {
    const [first, second] = await this.two(...args);
    return [first, second, await this.node(this.nats.url, ...args)];
  }

  async endNodes(): Promise<void> {
    const nodes = this.started.splice(0);
    for (const { program } of nodes) program.signal('SIGCONT');
    await Promise.all(nodes.map((node) => node.kill()));
    for (const { logs } of nodes) {
      expect(logs.lines.filter(({ text }) => text.includes('internal-error'))).toEqual([]);
    }
  }
}

export function useBroker({ isSettled = true } = {}): Broker {
  const broker = new Broker();
  beforeAll(async () => {
    await broker.nats.start();
    if (isSettled) await settleCodes(broker.nats.url);
  });
  afterEach(() => broker.endNodes());
  afterAll(() => broker.nats.stop());
  return broker;
}

/** Starts a broker and `count` nodes before the tests of a file and stops them behind them. */
export function useNodes(count: number, ...args: string[]): Nodes {
  const nats = new NatsServer();
  const flags = [...args, '--log-level', 'debug'];
  const nodes = Array.from({ length: count }, () => new Node(flags));
  beforeAll(async () => {
    await nats.start();
    await settleCodes(nats.url);
    flags.push('--nats', nats.url);
    await Promise.all(nodes.map((node) => node.start()));
    await Promise.all(nodes.map((node) => isUp(node)));
  });
  afterEach(() => Promise.all(nodes.map((node) => node.sweep())));
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await nats.stop();
  });
  return { nats, nodes };
}

// Fault: a JetStream without space, filled by the relay's own codes or by another client.
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { afterEach, expect, test, vi } from 'vitest';
import { TIMINGS } from '../../src/cluster/timings.js';
import type { Connection } from '../harness/connection.js';
import { NatsServer } from '../harness/nats-server.js';
import { type Node, settleCodes } from '../harness/node.js';
import { hostAtLast, startNode, tryHost } from './nodes.js';

/** Room for some hundred codes. */
const SMALL = 'jetstream { max_file_store: 64KB }';

/** Codes that hosts ask for at the same time. */
const AT_ONCE = 25;

/** Milliseconds. */
const LEASE = TIMINGS.leaseTtl;

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function start(count: number): Promise<[NatsServer, Node[]]> {
  const nats = new NatsServer({ config: SMALL });
  await nats.start();
  ended.push(() => nats.stop());
  await settleCodes(nats.url);
  const nodes = await Promise.all(Array.from({ length: count }, () => startNode(nats.url)));
  ended.push(async () => void (await Promise.all(nodes.map((node) => node.kill()))));
  return [nats, nodes];
}

/** The status of `/readyz`. */
async function readiness(node: Node): Promise<number> {
  return (await fetch(node.url('/readyz').replace('ws:', 'http:'))).status;
}

/** Hosts on all nodes in turn, until one is refused. */
async function fill(nodes: Node[]): Promise<Connection[]> {
  const hosts: Connection[] = [];
  for (let round = 0; ; round++) {
    const some = Array.from({ length: AT_ONCE }, (_, i) =>
      tryHost(nodes[i % nodes.length]!, `R${round}I${i}`),
    );
    const answers = await Promise.all(some);
    for (const host of answers) if (host !== undefined) hosts.push(host);
    if (answers.includes(undefined)) return hosts;
  }
}

async function expectReady(nodes: Node[], status: number): Promise<void> {
  await vi.waitFor(
    async () => expect(await Promise.all(nodes.map(readiness))).toEqual(nodes.map(() => status)),
    { timeout: 30_000, interval: 50 },
  );
}

function complaints(node: Node): string[] {
  return node.logs.lines.filter(({ text }) => text.includes('no space left')).map(({ text }) => text);
}

test('[B20] a JetStream that codes have filled empties when their hosts leave; until then nodes are not ready and say why', async () => {
  const [, nodes] = await start(2);
  const hosts = await fill(nodes);
  expect(hosts.length).toBeGreaterThan(100);
  await expectReady(nodes, 503);
  // For as long as a lease lasts, whose end makes room for a moment.
  const end = performance.now() + LEASE;
  for (let i = 0; performance.now() < end; i++) {
    expect(await Promise.all(nodes.map(readiness)), `look ${i}`).toEqual([503, 503]);
    expect(await tryHost(nodes[i % 2]!, `MORE${i}`)).toBeUndefined();
  }
  for (const node of nodes) {
    expect(complaints(node)).toHaveLength(1);
    expect(complaints(node)[0]).toMatch(
      /JetStream has no space left.*max_file_store.*insufficient resources/,
    );
  }
  for (const host of hosts) host.dispose();
  await expectReady(nodes, 200);
  const again = await fill(nodes);
  expect(again.length).toBeGreaterThan(0.9 * hosts.length);
});

test('[B20] a JetStream that another client has filled serves again when it has space, and rooms have gone on', async () => {
  const [nats, [node]] = await start(1);
  const host = await hostAtLast(node!, 'SNEK');
  const connection = await connect({ servers: `127.0.0.1:${nats.port}` });
  const { streams } = await jetstreamManager(connection);
  await streams.add({ name: 'FOREIGN', subjects: ['foreign'] });
  const js = jetstream(connection);
  const isFull = async (): Promise<boolean> =>
    js.publish('foreign', Buffer.alloc(100)).then(
      () => false,
      () => true,
    );
  while (!(await isFull()));
  await expectReady([node!], 503);
  expect(await tryHost(node!, 'NEW')).toBeUndefined();
  await streams.delete('FOREIGN');
  await expectReady([node!], 200);
  await hostAtLast(node!, 'NEW');
  expect(await tryHost(node!, 'SNEK')).toBeUndefined();
  await host.expectNothing();
  await connection.close();
});

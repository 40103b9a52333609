// Fault: two brokers of a cluster do not hear of each other, and their clients learn nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type NatsCluster, startNatsCluster } from '../harness/nats-cluster.js';
import { CODES, isUp, settleCodes } from '../harness/node.js';
import { Broker, tryHost } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

let cluster: NatsCluster;
const broker = new Broker();
beforeAll(async () => {
  cluster = await startNatsCluster();
  await settleCodes(cluster.servers[0].url);
});
afterEach(() => broker.endNodes());
afterAll(() => cluster.stop());

test('[B4] a cut between two brokers is noticed by the nodes within four seconds, and heals', async () => {
  const [first, second] = cluster.servers;
  const [a, b] = [await broker.node(first.url), await broker.node(second.url)];
  const party = await WatchedParty.open(a, 'ROUTE');
  await party.join(a, 'near');
  await party.join(b, 'far1', 'far2');
  const cutAt = performance.now();
  cluster.route.cut();
  const closedAt = await party.closed('far1', 'far2');
  expect(told('route cut: players on the other side closed after', cutAt, closedAt)).toBeLessThan(8_000);
  await party.missed('far1', 'far2');
  cluster.route.heal();
  await Promise.all([isUp(a), isUp(b)]);
  await party.joinAtLast(b);
  await party.finish();
  expect(party.seatOf('near').closedAt).toBeUndefined();
});

test('[B6] nodes on the side of the tables go on, however long the other side is away', async () => {
  const keeper = await cluster.keeperOf(CODES);
  const [a, b] = [await broker.node(keeper.url), await broker.node(keeper.url)];
  const party = await WatchedParty.open(a, 'LONG');
  await party.join(a, 'here');
  await party.join(b, 'there');
  cluster.route.cut();
  // Too few servers see each other for a leader, which is noticed after some eight seconds.
  for (let second = 1; second <= 24; second++) {
    await sleep(1_000);
    expect(await tryHost(b, `CODE${second}`), `after ${second} s`).toBeDefined();
    await party.join(b, `late${second}`);
  }
  cluster.route.heal();
  await party.finish();
  for (const { closedAt } of party.seats) expect(closedAt).toBeUndefined();
});

// Fault: the broker is away for long; and how nodes find it at all.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeCertificate } from '../harness/certificate.js';
import { silently } from '../harness/connection.js';
import { startNatsServer } from '../harness/nats-server.js';
import { isUp } from '../harness/node.js';
import { Relay, loginPlayer } from '../harness/relay.js';
import { hostAtLast, startNode, tryHost, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker();

/** Sixty to be sure, fewer to be quick. */
const SECONDS = Number(process.env['RELAY_TEST_AWAY_SECONDS'] ?? 6);

test('[B6] while the broker is away local rooms go on and nodes let no new host in; when it is back everything works', async () => {
  const [a, b] = await broker.two();
  const party = await WatchedParty.open(a, 'LOCAL');
  await party.join(a, '1', '2');
  await party.join(b, 'far');
  const killedAt = performance.now();
  await broker.nats.kill();
  expect(
    told('broker gone: players on other nodes closed after', killedAt, await party.closed('far')),
  ).toBeLessThan(8_000);
  await sleep(SECONDS * 1_000);
  expect(await tryHost(b, 'NEW')).toBeUndefined();
  await b.logs.ending('backbone-away', 'NEW');
  for (const node of [a, b]) {
    const player = await node.connect();
    player.send(loginPlayer('LOCAL', 'new'));
    expect(await player.closed()).toEqual(silently);
    await node.logs.ending('backbone-away', 'LOCAL', 'new');
  }
  const before = party.heard('1');
  await broker.nats.start();
  const backAt = performance.now();
  await hostAtLast(b, 'NEW');
  expect(told('broker back: new host after', backAt)).toBeLessThan(15_000);
  await party.joinAtLast(b);
  expect(party.heard('1')).toBeGreaterThan(before);
  await party.finish();
});

test('[B15] a node that finds no broker starts, and is one of many as soon as there is one', async () => {
  const nats = await startNatsServer();
  await nats.kill();
  const node = new Relay(['--nats', nats.url]);
  await node.start();
  await nats.start();
  await isUp(node);
  await node.kill();
  await nats.stop();
});

test('[B15] a broker may want a user and a password, or a token, and the URL holds them', async () => {
  const guarded = await startNatsServer({ user: 'relay', password: 'p@ss' });
  const nodes = [await startNode(`nats://relay:p%40ss@127.0.0.1:${guarded.port}`)];
  const stranger = new Relay(['--nats', `nats://relay:wrong@127.0.0.1:${guarded.port}`]);
  await stranger.start();
  await stranger.logs.until(({ text }) => /authorization/i.test(text), 'that the broker refuses it');
  const token = await startNatsServer({ token: 'secret' });
  nodes.push(await startNode(`nats://secret@127.0.0.1:${token.port}`));
  await Promise.all([...nodes, stranger].map((node) => node.kill()));
  await Promise.all([guarded.stop(), token.stop()]);
});

test('[B15] a broker with TLS is checked against the certificates that the node is given', async () => {
  const certificate = makeCertificate();
  const nats = await startNatsServer({ tls: certificate });
  const node = await startNode(nats.url, '--nats-ca', certificate.certFile);
  const doubting = new Relay(['--nats', nats.url]);
  await doubting.start();
  await doubting.logs.until(({ text }) => /certificate/i.test(text), 'that it does not trust the broker');
  await Promise.all([node, doubting].map((one) => one.kill()));
  await nats.stop();
  certificate.remove();
});

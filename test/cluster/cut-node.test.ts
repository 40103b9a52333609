// Fault: one node cannot reach the broker, and learns nothing of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isUp } from '../harness/node.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { hostAtLast, tryHost, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker();

test('[B6] a node that is cut off for three seconds keeps its rooms and its codes', async () => {
  const proxy = await TcpProxy.to(broker.nats.port);
  const [cut, b] = [await broker.node(`nats://127.0.0.1:${proxy.port}`), await broker.node()];
  const party = await WatchedParty.open(cut, 'SHORT');
  await party.join(cut, 'near');
  await party.join(b, 'far');
  proxy.cut();
  await sleep(3_000);
  proxy.heal();
  await isUp(cut);
  expect(await tryHost(b, 'SHORT')).toBeUndefined();
  await party.joinAtLast(b);
  await party.finish();
  expect(party.seatOf('near').closedAt).toBeUndefined();
  await broker.endNodes();
  await proxy.close();
});

test('[B5] a node that is cut off for thirteen seconds ends the rooms whose codes others took, and no other', async () => {
  const proxy = await TcpProxy.to(broker.nats.port);
  const [cut, b] = [await broker.node(`nats://127.0.0.1:${proxy.port}`), await broker.node()];
  const taken = await WatchedParty.open(cut, 'TAKEN');
  await taken.join(cut, 'near');
  await taken.join(b, 'far');
  const kept = await WatchedParty.open(cut, 'KEPT');
  await kept.join(cut, 'near');
  await sleep(6_000);
  const cutAt = performance.now();
  proxy.cut();
  expect(told('cut: players on other nodes closed after', cutAt, await taken.closed('far'))).toBeLessThan(
    8_000,
  );
  const next = await hostAtLast(b, 'TAKEN');
  told('cut: code taken over after', cutAt);
  // No login is let in there: neither a host nor a player.
  expect(await tryHost(cut, 'NEW')).toBeUndefined();
  await sleep(Math.max(0, cutAt + 13_000 - performance.now()));
  const healedAt = performance.now();
  proxy.heal();
  expect(told('healed: the old room closed after', healedAt, await taken.closed('near'))).toBeLessThan(
    10_000,
  );
  await cut.logs.ending('fenced', 'TAKEN', 'near');
  await isUp(cut);
  await next.expectNothing();
  await kept.finish();
  expect(kept.seatOf('near').closedAt).toBeUndefined();
  taken.verdict();
  await broker.endNodes();
  await proxy.close();
});

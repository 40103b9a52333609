// Fault: the broker has forgotten everything, or lost it while the nodes are connected.
import { expect, test } from 'vitest';
import { isUp, loseCodes } from '../harness/node.js';
import { hostAtLast, tryHost, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker({ isSettled: false });

test('[B8] no code is given to two hosts when the broker has lost its tables, and new codes wait', async () => {
  const [a, b] = await broker.two();
  const party = await WatchedParty.open(a, 'HELD');
  await party.join(a, '1');
  await broker.nats.restartEmpty();
  const backAt = performance.now();
  const rival = tryHost(b, 'HELD');
  const fresh = hostAtLast(b, 'FRESH');
  expect(await rival).toBeUndefined();
  await fresh;
  const waited = told('empty store: new host after', backAt);
  expect(waited).toBeGreaterThan(5_000);
  expect(waited).toBeLessThan(15_000);
  await isUp(a);
  expect(await tryHost(b, 'HELD')).toBeUndefined();
  await party.joinAtLast(b);
  await party.finish();
});

test('[B8] no code is given to two hosts when the table of codes is taken away under the nodes', async () => {
  const [a, b] = await broker.two();
  await hostAtLast(b, 'OTHER');
  const party = await WatchedParty.open(a, 'KEPT');
  await party.join(a, '1');
  await loseCodes(broker.nats.url);
  const lostAt = performance.now();
  while (performance.now() - lostAt < 4_000) expect(await tryHost(b, 'KEPT')).toBeUndefined();
  await hostAtLast(b, 'NEW');
  expect(told('table lost: new host after', lostAt)).toBeGreaterThan(5_000);
  expect(await tryHost(b, 'KEPT')).toBeUndefined();
  await party.joinAtLast(b);
  await party.finish();
});

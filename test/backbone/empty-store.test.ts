// Fault: the broker comes back and has forgotten everything.
import { expect, test } from 'vitest';
import { isUp } from '../harness/node.js';
import { hostAtLast, tryHost, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker({ isSettled: false });

test('[B8] no code is given to two hosts when the broker has forgotten who holds it, and new codes wait', async () => {
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

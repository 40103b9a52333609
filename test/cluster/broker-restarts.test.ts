// Fault: the broker crashes and comes back, again and again.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isUp } from '../harness/node.js';
import { hostAtLast, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker();

/** Twenty to be sure, fewer to be quick. */
const ROUNDS = Number(process.env['RELAY_TEST_ROUNDS'] ?? 3);

test('[B6] a broker that crashes again and again takes nothing from rooms whose members are on one node', async () => {
  const [a, b] = await broker.two();
  const near = await WatchedParty.open(a, 'NEAR');
  await near.join(a, '1', '2');
  for (let round = 0; round < ROUNDS; round++) {
    const far = await WatchedParty.open(a, `FAR${round}`);
    await far.join(b, 'b1', 'b2');
    await broker.nats.kill();
    await far.closed('b1', 'b2');
    await far.missed('b1', 'b2');
    await sleep(2_000);
    await broker.nats.start();
    const backAt = performance.now();
    const host = await hostAtLast(b, `NEW${round}`);
    expect(told('broker back: new host after', backAt)).toBeLessThan(15_000);
    await far.joinAtLast(b);
    host.dispose();
    far.verdict();
    await far.finish();
    far.host.dispose();
  }
  await near.finish();
  await isUp(a);
});

// A code that was left on one node, and is asked for on another in the same instant.
import { expect, test } from 'vitest';
import { FakeWorld } from './worlds.js';

test('[B13] a host that leaves one node gets its code on another before the news is there', async () => {
  const world = await FakeWorld.settled();
  const [a, b] = world.nodes;
  const host = await world.during(a.host('SNEK'));
  host.leave();
  expect((await world.during(b.host('SNEK'))).ending).toBeUndefined();
  await world.end();
});

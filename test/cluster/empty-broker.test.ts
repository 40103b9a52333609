// An empty broker, and nodes of which each thinks that a code is its own.
import { expect, test } from 'vitest';
import type { TestPeer } from './house.js';
import { FakeWorld } from './worlds.js';

/** How many nodes let anybody in under the code. */
function owners(world: FakeWorld): number {
  return world.nodes.filter(({ rooms }) => rooms.find('SNEK')?.claim.admits).length;
}

test('[B8] a node that was followed by another does not get its code back from a broker that knows of neither', async () => {
  const world = await FakeWorld.settled();
  const [a, b] = world.nodes;
  const [cut] = [...world.broker.clients];
  const old = await world.during(a.host('SNEK'));
  cut?.cut();
  await world.time.pass(15_000);
  const next = await world.during(b.host('SNEK'));
  expect([old.ending, next.ending]).toEqual([undefined, undefined]);
  // While the next owner stands still, the broker comes back with nothing, and only the old owner asks.
  await world.time.pass(1_000);
  world.clocks[1].freeze();
  world.broker.die();
  world.broker.comeBack({ isEmpty: true });
  cut?.heal();
  for (let ms = 0; ms < 2_000; ms += 10) {
    await world.time.pass(10);
    expect(owners(world), `after ${ms} ms`).toBeLessThan(2);
  }
  world.clocks[1].thaw(() => world.shared[1].backbone.watch.check());
  for (let ms = 0; ms < 10_000; ms += 10) {
    await world.time.pass(10);
    expect(owners(world), `${ms} ms after it woke`).toBeLessThan(2);
  }
  expect([old.ending, next.ending]).toEqual(['fenced', undefined]);
  expect(owners(world)).toBe(1);
  await world.end();
});

test('[B8] a node that the broker was away from for long gets its code back before another host may have it', async () => {
  const world = await FakeWorld.settled();
  const [a, b] = world.nodes;
  const host = await world.during(a.host('SNEK'));
  world.broker.die();
  await world.time.pass(20_000);
  world.broker.comeBack({ isEmpty: true });
  let answer = 'backbone-away' as TestPeer['ending'];
  while (answer === 'backbone-away') answer = (await world.during(b.host('SNEK'))).ending;
  expect([host.ending, answer]).toEqual([undefined, 'code-taken']);
  expect(owners(world)).toBe(1);
  await world.end();
});

test('[B8] what a node asked of a store that is gone changes nothing in the next one', async () => {
  const world = await FakeWorld.settled();
  const [a, b] = world.nodes;
  for (let n = 0; n < 10; n++) await world.during(a.host(`CODE${n}`));
  await world.during(a.host('SNEK'));
  const wake = (): void => world.clocks[0].thaw(() => world.shared[0].backbone.watch.check());
  world.clocks[0].freeze();
  await world.time.pass(9_000);
  // It lets go of its codes, and stands still again before it learns whose they are.
  wake();
  world.clocks[0].freeze();
  await world.time.pass(10);
  const next = await world.during(b.host('SNEK'));
  world.broker.die();
  world.broker.comeBack({ isEmpty: true });
  await world.time.pass(1_000);
  wake();
  await world.time.pass(10_000);
  const rival = await world.during(world.nodes[2].host('SNEK'));
  expect([next.ending, rival.ending]).toEqual([undefined, 'code-taken']);
  await world.end();
});

test.each([undefined, 'test_codes', 'test_leases'])(
  '[B8] a store that is lost while the broker is there gives no code to two hosts (%s)',
  async (table) => {
    const world = await FakeWorld.settled();
    const [a, b] = world.nodes;
    for (let ms = 0; ms < 1_600; ms += 40) {
      const host = await world.during(a.host('SNEK'));
      await world.time.pass(ms);
      world.broker.forget(table);
      const rival = await world.during(b.host('SNEK'));
      expect([host.ending, typeof rival.ending], `${ms} ms later`).toEqual([undefined, 'string']);
      await world.time.pass(10_000);
      expect((await world.during(b.host('SNEK'))).ending).toBe('code-taken');
      expect(owners(world)).toBe(1);
      host.leave();
      await world.time.pass(10_000);
    }
    await world.end();
  },
);

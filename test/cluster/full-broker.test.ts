// A broker without space, in a time of the test's own.
import { expect, test } from 'vitest';
import type { TestPeer } from './house.js';
import { FakeWorld } from './worlds.js';

/** Hosts on all nodes, one after the other, until one is refused. */
async function fill(world: FakeWorld): Promise<TestPeer[]> {
  const hosts: TestPeer[] = [];
  for (;;) {
    const host = await world.during(world.nodes[hosts.length % 3]!.host(`CODE${hosts.length}`));
    if (host.ending === 'backbone-away') return hosts;
    expect(host.ending).toBeUndefined();
    hosts.push(host);
  }
}

function states(world: FakeWorld): string[] {
  return world.shared.map(({ backbone }) => backbone.state);
}

test('[B20] a broker that codes have filled is empty again when their hosts have left, and nodes say so throughout', async () => {
  const world = await FakeWorld.settled();
  world.broker.room = 40;
  const hosts = await fill(world);
  expect(hosts.length).toBeGreaterThan(20);
  await world.time.pass(10_000);
  for (let ms = 0; ms < 60_000; ms += 250) {
    await world.time.pass(250);
    expect(states(world)).toEqual(['full', 'full', 'full']);
  }
  // Their parties go on.
  expect(hosts.filter(({ ending }) => ending !== undefined)).toEqual([]);
  for (const host of hosts) host.leave();
  await world.time.pass(3_000);
  expect(states(world)).toEqual(['up', 'up', 'up']);
  expect(await fill(world)).toHaveLength(hosts.length);
  await world.end();
});

test('[B20] when one host leaves a full broker, one may come', async () => {
  const world = await FakeWorld.settled();
  world.broker.room = 40;
  const hosts = await fill(world);
  for (const host of hosts.splice(0, 10)) host.leave();
  await world.time.pass(10_000);
  expect(states(world)).toEqual(['up', 'up', 'up']);
  expect((await world.during(world.nodes[0].host('NEXT'))).ending).toBeUndefined();
  await world.end();
});

test('[B20] a broker that another client has filled and emptied is like any other, and no host has lost its code', async () => {
  const world = await FakeWorld.settled();
  const host = await world.during(world.nodes[0].host('SNEK'));
  world.broker.room = 0;
  await world.time.pass(1_000);
  expect((await world.during(world.nodes[1].host('NEW'))).ending).toBe('backbone-away');
  expect(states(world)[1]).toBe('full');
  await world.time.pass(20_000);
  expect(states(world)).toEqual(['full', 'full', 'full']);
  world.broker.room = Infinity;
  await world.time.pass(3_000);
  expect(states(world)).toEqual(['up', 'up', 'up']);
  expect((await world.during(world.nodes[1].host('SNEK'))).ending).toBe('code-taken');
  expect([host.ending, (await world.during(world.nodes[1].host('NEW'))).ending]).toEqual([
    undefined,
    undefined,
  ]);
  await world.end();
});

test('[B20] a node that stops gives its codes back to a full broker', async () => {
  const world = await FakeWorld.settled();
  world.broker.room = 40;
  await fill(world);
  await world.time.pass(10_000);
  await world.during(world.releaseCodes(world.nodes[0]));
  await world.time.pass(3_000);
  expect(states(world)).toEqual(['up', 'up', 'up']);
  await world.end();
});

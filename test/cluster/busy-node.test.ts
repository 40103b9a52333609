// A node that is busy, or stands still, for a moment only: no login is refused for it.
import { expect, test } from 'vitest';
import { connectNotice } from '../harness/notices.js';
import type { TestPeer } from './house.js';
import { FakeWorld } from './worlds.js';

test('[B2] a player that asks for a host on a node that is busy for a second waits, and is let in once', async () => {
  const world = await FakeWorld.settled();
  const [busy, other] = world.nodes;
  const host = await world.during(busy.host('BUSY'));
  world.clocks[0].freeze();
  const asked = other.player('BUSY', '1');
  await world.time.pass(1_500);
  world.clocks[0].thaw(() => world.shared[0].backbone.watch.check());
  const player = await world.during(asked);
  expect(player.ending).toBeUndefined();
  player.say('{}');
  await world.until(() => host.got.length > 1, 'a message');
  expect(host.got).toEqual([connectNotice('1'), '{"client_id":"1"}']);
  await world.end();
});

test('[B6] a player that asks for a host on a node that does not answer is refused in time', async () => {
  const world = await FakeWorld.settled();
  const [silent, other] = world.nodes;
  await world.during(silent.host('SILENT'));
  world.clocks[0].freeze();
  const askedAt = world.time.now;
  const player = await world.during(other.player('SILENT', '1'));
  expect(player.ending).toBe('backbone-away');
  // Long before its login is given up (A4).
  expect(world.time.now - askedAt).toBeLessThan(6_000);
});

test('[B2] a player that has left is not announced to the host that gets the code of a dead node', async () => {
  const world = await FakeWorld.settled();
  const [dead, other, next] = world.nodes;
  await world.during(dead.host('SNEK'));
  world.clocks[0].freeze();
  await world.time.pass(3_000);
  const player = other.hastyPlayer('SNEK', 'gone');
  await world.time.pass(100);
  player.leave();
  const askedAt = world.time.now;
  let host: TestPeer;
  do host = await world.during(next.host('SNEK'));
  while (host.ending !== undefined);
  // While the other node would still ask for the player.
  expect(world.time.now - askedAt).toBeLessThan(2_500);
  await world.time.pass(5_000);
  expect(host.got).toEqual([]);
});

// Which players each node knows to be connected to it, wherever their host is.
import { expect, onTestFinished, test, vi } from 'vitest';
import { StandIns } from '../../src/cluster/players/stand-ins.js';
import { Presence } from '../../src/relay/service/presence.js';
import type { House, TestPeer } from './house.js';
import { FakeWorld } from './worlds.js';

/** How many connections of the id each node knows. */
function counts({ nodes }: FakeWorld, clientId?: string): number[] {
  const count = ({ rooms, backbone }: House): number =>
    new Presence(rooms, backbone).ages('127.0.0.1', 'SNEK', clientId).length;
  return nodes.map(count);
}

async function join(world: FakeWorld, at: 0 | 1 | 2, id: string): Promise<TestPeer> {
  return world.during(world.nodes[at].player('SNEK', id));
}

test('[B18] each node knows the players that are connected to it until they leave, wherever their host is', async () => {
  const world = await FakeWorld.settled();
  await world.during(world.nodes[0].host('SNEK'));
  const [, away, twin] = [await join(world, 0, 'x'), await join(world, 1, 'x'), await join(world, 1, 'x')];
  await join(world, 2, 'y');
  expect([counts(world), counts(world, 'x'), counts(world, 'y')]).toEqual([
    [1, 0, 0],
    [1, 2, 0],
    [0, 0, 1],
  ]);
  away.leave();
  expect(counts(world, 'x')).toEqual([1, 1, 0]);
  twin.leave();
  expect(counts(world, 'x')).toEqual([1, 0, 0]);
  await world.end();
});

test('[B18] a node that has lost the node of a host knows no player of its room any more', async () => {
  const world = await FakeWorld.settled();
  await world.during(world.nodes[0].host('SNEK'));
  const player = await join(world, 1, 'x');
  expect(counts(world, 'x')).toEqual([0, 1, 0]);
  world.clocks[0].freeze();
  await world.until(() => player.ending === 'link-lost', 'a link that is lost');
  expect(counts(world, 'x')).toEqual([0, 0, 0]);
  world.clocks[0].thaw(() => world.shared[0].backbone.watch.check());
  await world.end();
});

test('[B18] a node keeps nothing of a room whose players have left it', async () => {
  const added = vi.spyOn(StandIns.prototype, 'add');
  const deleted = vi.spyOn(StandIns.prototype, 'delete');
  onTestFinished(() => void vi.restoreAllMocks());
  const world = await FakeWorld.settled();
  const host = await world.during(world.nodes[0].host('SNEK'));
  (await join(world, 1, 'x')).leave();
  const last = await join(world, 1, 'x');
  host.leave();
  await world.until(() => last.ending === 'host-left', 'the end of the room');
  const rooms = added.mock.calls.map(([room]) => room);
  expect(rooms).toHaveLength(2);
  expect(rooms.every((room, n) => deleted.mock.calls[n]?.[0] === room)).toBe(true);
  await world.end();
});

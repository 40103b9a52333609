// Those who have asked, while nodes stop, freeze and lose each other.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostAsked } from '../../src/relay/seats/host-seats.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { Party, away, back, hostBack } from './party.js';
import { FakeWorld } from './worlds.js';

const staying: HostAsked = { key: 'the host', grace: 20, hold: 60 };

let world: FakeWorld;
beforeEach(async () => {
  world = await FakeWorld.settled();
});
afterEach(() => world.end());

function party(asked?: HostAsked): Promise<Party> {
  return Party.open(world, 'SNEK', asked);
}

function thaw(at: 0 | 1 | 2): void {
  world.clocks[at].thaw(() => world.shared[at].backbone.watch.check());
}

test('[R29] the seats of a node that is lost are away, and their players take them on another node', async () => {
  const { host, ...at } = await party(staying);
  const [phone, plain] = [await at.join(1, 'a'), await at.joinPlainly(1, 'p')];
  world.clocks[1].freeze();
  const first = [connectNotice('a'), connectNotice('p'), away('a'), away('p')];
  await at.hostGot(...first);
  const again = await at.join(2, 'a', { stream: phone.stream, got: 0 });
  expect(again.welcome['resumed']).toBe(false);
  thaw(1);
  await world.until(() => phone.ending === 'link-lost' && plain.ending === 'link-lost', 'a node that wakes');
  const plainAgain = await at.joinPlainly(1, 'p');
  host.say('{"receiver_id":"a"}');
  host.say('all');
  await at.got(again, '{"receiver_id":"a"}', 'all');
  await at.got(plainAgain, 'all');
  await at.hostGot(...first, back('a', false), back('p', false));
});

test('[R29] the seats of a node that is lost are given up when their grace is over, and at once if their host has not asked', async () => {
  const { host, ...at } = await party(staying);
  const plain = await world.during(world.nodes[0].host('CARS'));
  await at.join(1, 'a');
  await world.during(world.nodes[1].player('CARS', 'b', { key: 'the key of b' }));
  world.clocks[1].freeze();
  await at.hostGot(connectNotice('a'), away('a'));
  expect(plain.got).toEqual([connectNotice('b'), disconnectNotice('b')]);
  at.pass(20);
  await at.hostGot(connectNotice('a'), away('a'), disconnectNotice('a'));
  thaw(1);
  expect(host.ending).toBeUndefined();
});

test('[R29] a seat that was away before its node was lost stays so: its host hears it once, and its grace runs on', async () => {
  const { host, ...at } = await party(staying);
  const phone = await at.join(1, 'a');
  phone.lose();
  host.say('missed');
  await at.hostGot(connectNotice('a'), away('a'));
  at.pass(15);
  await at.settled(1);
  expect(at.keptBytes(1)).toBeGreaterThan(0);
  world.shared[1].backbone.watch.check();
  world.clocks[1].freeze();
  await world.time.pass(5_000);
  thaw(1);
  await world.until(() => at.keptBytes(1) === 0, 'a tail that nobody comes back for');
  await at.hostGot(connectNotice('a'), away('a'));
  at.pass(5);
  await at.hostGot(connectNotice('a'), away('a'), disconnectNotice('a'));
});

test('[R29] a player away from a node that is lost with its host is given up, and what was kept for it is free', async () => {
  const { host, ...at } = await party(staying);
  const [phone, other] = [await at.join(1, 'a'), await at.join(1, 'b')];
  phone.lose();
  host.say('missed');
  await at.got(other, 'missed');
  world.clocks[0].freeze();
  await world.until(() => other.ending === 'link-lost', 'a link that is lost');
  expect(at.keptBytes(1)).toBe(0);
  expect(world.nodes[1].heard).toEqual(['a joined', 'b joined', 'a left: link-lost', 'b left: link-lost']);
  thaw(0);
});

test('[R29] the seats of a node that stops are away on the nodes of their hosts', async () => {
  const { host, ...at } = await party(staying);
  const phone = await at.join(1, 'a');
  phone.session.end('shutdown');
  await at.hostGot(connectNotice('a'), away('a'));
  await world.during(world.shared[1].backbone.stop());
  const again = await at.join(2, 'a', { stream: phone.stream, got: 0 });
  host.say('here');
  await at.got(again, 'here');
  await at.hostGot(connectNotice('a'), away('a'), back('a', false));
});

test('[R29] a player that comes back to its node while its grace ends elsewhere is ended, and may come again', async () => {
  const at = await party({ ...staying, grace: 5 });
  const phone = await at.join(1, 'a');
  phone.lose();
  await at.hostGot(connectNotice('a'), away('a'));
  at.pass(5);
  const again = await at.join(1, 'a', { stream: phone.stream, got: 0 });
  expect(again.welcome['resumed']).toBe(true);
  await world.until(() => again.ending === 'link-lost', 'a seat that is no more');
  await at.join(1, 'a', { stream: phone.stream, got: 0 });
  await at.hostGot(connectNotice('a'), away('a'), disconnectNotice('a'), connectNotice('a'));
});

test('[R29] a player that is lost while its host stops to grant grace is gone, though its node does not know that yet', async () => {
  const { host, ...at } = await party(staying);
  const phone = await at.join(1, 'a');
  host.vanish();
  const again = await world.nodes[0].host('SNEK', { key: 'the host', players: 'keep' });
  phone.lose();
  await world.until(() => again.got.includes(disconnectNotice('a')), 'a player that is gone');
  expect(again.got.slice(1)).toEqual([connectNotice('a'), disconnectNotice('a')]);
  await at.settled(1);
  expect(world.nodes[1].heard).toContain('a left: left');
});

test('[R29] a player whose login ends while it takes its seat keeps it, if a network was the cause', async () => {
  const at = await party(staying);
  const phone = await at.join(1, 'a');
  phone.lose();
  const hasty = world.nodes[2].hastyPlayer('SNEK', 'a', { key: 'the key of a' });
  await world.time.pass(0);
  hasty.lose();
  await at.hostGot(connectNotice('a'), away('a'), back('a', false), away('a'));
  await at.join(1, 'a');
  await at.hostGot(connectNotice('a'), away('a'), back('a', false), away('a'), back('a', false));
});

test('[R29] a host that comes back is not read while another node does not keep up with its room', async () => {
  const { host, ...at } = await party(staying);
  const phone = await at.join(1, 'a');
  world.clocks[1].freeze();
  for (let n = 0; n < 3; n++) host.say('x'.repeat(700_000));
  await world.until(() => host.isHeld, 'a host that is held');
  host.vanish();
  const again = await at.hostAgain(0, { ...staying, players: 'keep' });
  expect(again.isHeld).toBe(true);
  thaw(1);
  await world.until(() => !again.isHeld, 'a host that is read again');
  await world.until(() => phone.got.includes(hostBack(false)), 'the last message');
});

test('[R29] a node that is about to stop gives back the code of a room whose host is away, and its host gets it elsewhere', async () => {
  const { host, ...at } = await party(staying);
  const phone = await at.join(1, 'a');
  host.lose();
  await world.during(world.releaseCodes(world.nodes[0]));
  expect((await at.hostAgain(2, staying)).ending).toBeUndefined();
  world.nodes[0].seats.shutdown();
  await world.until(() => phone.ending === 'host-left', 'the players of the room that was held');
});

test('[R29] a room whose host is away is fenced like any other, and its seats are given up', async () => {
  const { host, ...at } = await party(staying);
  const [phone, other] = [await at.join(0, 'a'), await at.join(0, 'b')];
  host.lose();
  phone.lose();
  world.clocks[0].freeze();
  let next = await at.tryHost(1);
  while (next.ending !== undefined) next = await at.tryHost(1);
  thaw(0);
  expect([other.ending, world.nodes[0].rooms.size, at.keptBytes(0)]).toEqual(['fenced', 0, 0]);
  expect(world.nodes[0].heard.slice(3)).toEqual(['a left: fenced', 'b left: fenced', 'closed: fenced']);
});

test('[R29] a host whose node is dead gets its code elsewhere as soon as that may be given out', async () => {
  const at = await party(staying);
  world.clocks[0].freeze();
  const since = world.time.now;
  const first = await at.tryHost(1, staying);
  expect(first.ending).toBe('code-taken');
  let next = first;
  while (next.ending !== undefined) next = await at.tryHost(1, staying);
  expect(world.time.now - since).toBeLessThan(8_000);
  thaw(0);
});

test('[R29] a backend hears of each connection that comes and goes on its own node, and of none twice', async () => {
  const { host, ...at } = await party(staying);
  const phone = await at.join(0, 'a');
  phone.lose();
  const there = await at.join(1, 'a');
  there.lose();
  const resumed = await at.join(1, 'a', { stream: there.stream, got: 0 });
  const page = await at.join(1, 'a');
  await world.until(() => resumed.ending === 'replaced', 'the end of the first page');
  const here = await at.join(0, 'a');
  await world.until(() => page.ending === 'replaced', 'the end of the second page');
  await at.join(2, 'a');
  expect(here.ending).toBe('replaced');
  host.vanish();
  await at.hostAgain(2, { ...staying, stream: host.stream, got: 0 });
  const visit = ['a joined', 'a left: replaced'];
  await world.until(() => world.nodes[2].heard.length === 3, 'the end of the room');
  expect(world.nodes.map((node) => node.heard)).toEqual([
    ['opened', ...visit, ...visit, 'closed: taken-over'],
    [...visit, ...visit],
    ['a joined', 'a left: host-left', 'opened'],
  ]);
});

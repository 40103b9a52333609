// What a node says of rooms that others have, when others are dead, cut off or send nonsense.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BackboneAway } from '../../src/relay/session/backbone.js';
import { orderBytes, readOrder } from '../../src/cluster/order-bytes.js';
import type { Order } from '../../src/relay/rooms/order.js';
import { FakeWorld } from './worlds.js';

/** `open`, `closed`, or `away` if the node at `at` says that it cannot know. */
async function look(world: FakeWorld, at: 0 | 1 | 2, code = 'SNEK'): Promise<string> {
  const asked = world.nodes[at].relay.isOpen(code).then(
    (isOpen) => (isOpen ? 'open' : 'closed'),
    (error: unknown) => (error instanceof BackboneAway ? 'away' : String(error)),
  );
  return world.during(asked);
}

async function close(world: FakeWorld, at: 0 | 1 | 2): Promise<unknown> {
  const order: Order = { kind: 'close-room', serverCode: 'SNEK' };
  return world.during(world.nodes[at].order(order).catch((error: unknown) => error));
}

const away: unknown = expect.any(BackboneAway);

test('[B16] the code of a node that died is not open any longer than its lease', async () => {
  const world = await FakeWorld.settled();
  const [dying] = [...world.broker.clients];
  await world.during(world.nodes[0].host('SNEK'));
  dying?.cut();
  world.clocks[0].freeze();
  const diedAt = world.time.now;
  while ((await look(world, 1)) === 'open') await world.time.pass(50);
  expect(world.time.now - diedAt).toBeLessThan(6_000);
  for (const at of [1, 2] as const) expect(await look(world, at)).toBe('closed');
  expect(await close(world, 1)).toBe(0);
});

test('[B16] a node that is cut off says that it does not know, of its own codes, too', async () => {
  const world = await FakeWorld.settled();
  await world.during(world.nodes[0].host('SNEK'));
  world.broker.die();
  await world.time.pass(100);
  for (const at of [1, 2] as const) expect(await look(world, at)).toBe('away');
  expect(await close(world, 1)).toEqual(away);
  await world.time.pass(10_000);
  for (const at of [0, 1, 2] as const) expect([await look(world, at), at]).toEqual(['away', at]);
  world.broker.comeBack();
  await world.time.pass(3_000);
  for (const at of [0, 1, 2] as const) expect(await look(world, at)).toBe('open');
  expect(await close(world, 2)).toBe(1);
  await world.end();
});

test.each([
  ['all', undefined],
  ['the codes', 'test_codes'],
  ['the leases', 'test_leases'],
])('[B16] a broker that forgets %s makes no node say that a game is over', async (_, table) => {
  const world = await FakeWorld.settled();
  await world.during(world.nodes[0].host('SNEK'));
  world.broker.forget(table);
  const said = new Set<string>();
  for (let ms = 0; ms < 12_000; ms += 100) {
    for (const at of [1, 2] as const) said.add(await look(world, at));
    await world.time.pass(50);
  }
  expect(said).not.toContain('closed');
  expect(await look(world, 1)).toBe('open');
  await world.end();
});

test('[B17] an order to a node that does not answer is reported as unanswered, and not as "nobody is there"', async () => {
  const world = await FakeWorld.settled();
  const host = await world.during(world.nodes[0].host('SNEK'));
  world.clocks[0].freeze();
  expect(await close(world, 1)).toEqual(away);
  world.clocks[0].thaw(() => world.shared[0].backbone.watch.check());
  await world.until(() => host.ending !== undefined, 'the order that came late');
  await world.end();
});

test('[B17] a node ignores an answer that is not a number', async () => {
  const world = await FakeWorld.settled();
  await world.during(world.nodes[0].host('SNEK'));
  const [holder] = [...world.broker.clients];
  for (const answer of ['', '-1', '1 ', '1e3', 'none', '1234567890123']) {
    holder?.subscribe(`test.orders.${world.shared[0].backbone.node}`, (_subject, _data, respond) =>
      respond(Buffer.from(answer)),
    );
    expect(await close(world, 1)).toEqual(away);
  }
  await world.end();
});

const text = (max: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: max })
    .filter((one) => Buffer.byteLength(one) <= max && one.length > 0);
const anyOrder: fc.Arbitrary<Order> = fc.oneof(
  fc.record({ kind: fc.constant('close-room' as const), serverCode: text(256) }),
  fc.record({ kind: fc.constant('end-player' as const), serverCode: text(256), clientId: text(1024) }),
);

test('[B17] an order is the same on the other node, whatever is in codes and ids', () => {
  fc.assert(
    fc.property(anyOrder, (order) => {
      expect(readOrder(orderBytes(order))).toEqual(order);
    }),
  );
  const half: Order = { kind: 'end-player', serverCode: '\ud83d', clientId: '\udc00' };
  expect(readOrder(orderBytes(half))).toEqual(half);
});

test('[B17] a node ignores bytes that are not an order: it throws nothing and ends no peer', async () => {
  const world = await FakeWorld.settled();
  const host = await world.during(world.nodes[0].host('SNEK'));
  const [, stranger] = [...world.broker.clients];
  const real = orderBytes({ kind: 'close-room', serverCode: 'SNEK' });
  const broken = [
    ...Array.from(real, (_, length) => real.subarray(0, length)),
    ...Array.from(real, (byte, at) => Buffer.from(real).fill(byte ^ 0x80, at, at + 1)),
    Buffer.concat([real, Buffer.from('x')]),
    orderBytes({ kind: 'close-room', serverCode: 'x'.repeat(257) }),
    orderBytes({ kind: 'end-player', serverCode: 'SNEK', clientId: '' }),
  ];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const order = readOrder(Buffer.from(bytes));
      expect(order === undefined || orderBytes(order).equals(bytes)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
  for (const bytes of broken) stranger?.publish(`test.orders.${world.shared[0].backbone.node}`, bytes);
  await world.time.pass(1_000);
  expect([host.ending, world.shared[0].errors]).toEqual([undefined, []]);
  expect(await close(world, 1)).toBe(1);
  await world.end();
});

// Rules C17 and C18 on many nodes: what a backend may do with a room whose host is on another node.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ObservedMessage, RelayModule, RelayService, RoomElsewhere } from '../../src/index.js';
import { type Backend, startBackend } from '../embed/backend.js';
import { silently } from '../harness/connection.js';
import { NatsServer } from '../harness/nats-server.js';
import { settleCodes } from '../harness/node.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer } from '../harness/relay.js';

const nats = new NatsServer();
beforeAll(async () => {
  await nats.start();
  await settleCodes(nats.url);
});
afterAll(() => nats.stop());

type Node = Backend & { relay: RelayService };

async function startNode(): Promise<Node> {
  const backend = await startBackend({ imports: [RelayModule.forRoot({ nats: [nats.url] })] });
  await backend.logs.until(({ text }) => text === 'This node is up', 'the node to be one of many');
  return { ...backend, relay: backend.app.get(RelayService, { strict: false }) };
}

test('[C17] [C18] a backend acts in every room, and observes and speaks on the node that has the room', async () => {
  const [near, far] = [await startNode(), await startNode()];
  const host = await near.peers.saying(loginHost('SNEK'));
  await vi.waitFor(async () => expect(await far.relay.isOpen('SNEK')).toBe(true), { timeout: 10_000 });
  const player = await far.peers.saying(loginPlayer('SNEK', '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  const seen: ObservedMessage[] = [];
  await near.relay.observe('SNEK', (message) => seen.push(message));
  const long = 'x'.repeat(70_000);
  for (const text of ['short', 'y'.repeat(300), long]) player.send({ text });
  await host.take(3);
  expect(seen.map(({ from, message }) => [from, message.length])).toEqual([
    ['player', '{"text":"short","client_id":"467"}'.length],
    ['player', 300 + '{"text":"","client_id":"467"}'.length],
    ['player', 70_000 + '{"text":"","client_id":"467"}'.length],
  ]);
  expect([await near.relay.broadcast('SNEK', 'a'), await near.relay.sendTo('SNEK', '467', 'b')]).toEqual([
    1, 1,
  ]);
  expect(await player.take(2)).toEqual(['a', 'b']);
  const refused = [
    far.relay.broadcast('SNEK', 'c'),
    far.relay.sendTo('SNEK', '467', 'd'),
    far.relay.observe('SNEK', () => undefined),
  ];
  for (const action of refused) await expect(action).rejects.toThrow(RoomElsewhere);
  expect(await far.relay.endPlayer('SNEK', '467')).toBe(1);
  expect(await player.closed()).toEqual(silently);
  expect(await host.next()).toBe(disconnectNotice('467'));
  expect(await far.relay.closeRoom('SNEK')).toBe(true);
  expect(await host.closed()).toEqual(silently);
});

// Rules C17 and C18: what a backend does with the rooms of its relay, and how it observes one.
import { expect, test } from 'vitest';
import { type ObservedMessage, RelayModule, RelayService } from '../../src/index.js';
import { silently } from '../harness/connection.js';
import { disconnectNotice } from '../harness/notices.js';
import { type Backend, startBackend } from './backend.js';

async function start(): Promise<Backend & { relay: RelayService }> {
  const backend = await startBackend({ imports: [RelayModule.forRoot()] });
  return { ...backend, relay: backend.app.get(RelayService, { strict: false }) };
}

test('[C17] a backend sends a message to all players of a room, or to those with an id, in order', async () => {
  const { peers, relay } = await start();
  const host = await peers.host('SNEK');
  const twins = [await peers.player(host, '1'), await peers.player(host, '1')];
  const other = await peers.player(host, '2');
  const reached = await Promise.all([
    relay.broadcast('SNEK', 'as it is'),
    relay.sendTo('SNEK', '1', { receiver_id: '2', n: 1 }),
    relay.broadcast('SNEK', { n: 2 }),
    relay.sendTo('SNEK', '3', 'nobody has it'),
    relay.broadcast('NOBODY', 'no such room'),
  ]);
  expect(reached).toEqual([3, 2, 3, 0, 0]);
  for (const twin of twins)
    expect(await twin.take(3)).toEqual(['as it is', '{"receiver_id":"2","n":1}', '{"n":2}']);
  expect(await other.take(2)).toEqual(['as it is', '{"n":2}']);
  await host.expectNothing();
});

test('[C17] a backend ends players, and closes a room', async () => {
  const { peers, relay } = await start();
  const host = await peers.host('SNEK');
  const [player, other] = [await peers.player(host, '1'), await peers.player(host, '2')];
  expect(relay.room('SNEK')).toMatchObject({ serverCode: 'SNEK', players: 2 });
  expect(await relay.endPlayer('SNEK', '1')).toBe(1);
  expect(await player.closed()).toEqual(silently);
  expect(await host.next()).toBe(disconnectNotice('1'));
  expect(await relay.closeRoom('SNEK')).toBe(true);
  for (const peer of [host, other]) expect(await peer.closed()).toEqual(silently);
  expect([await relay.closeRoom('SNEK'), await relay.endPlayer('SNEK', '1')]).toEqual([false, 0]);
  expect(relay.room('SNEK')).toBeUndefined();
});

test('[C18] a backend observes the messages of one room both ways, until it stops', async () => {
  const { peers, relay, logs } = await start();
  const [host, elsewhere] = [await peers.host('SNEK'), await peers.host('OTHER')];
  const player = await peers.player(host, '1');
  await peers.player(elsewhere, '1');
  const seen: ObservedMessage[] = [];
  const stop = await relay.observe('SNEK', (message) => seen.push(message));
  await relay.observe('SNEK', () => {
    throw new Error('a bug of the observer');
  });
  player.send('{"n":1}');
  expect(await host.next()).toBe('{"n":1,"client_id":"1"}');
  host.send(Buffer.from([1, 2, 3]));
  host.send('{"receiver_id":"1"}');
  await player.take(2);
  elsewhere.send('not of this room');
  expect(seen).toEqual([
    { from: 'player', message: '{"n":1,"client_id":"1"}' },
    { from: 'host', message: Buffer.from([1, 2, 3]) },
    { from: 'host', message: '{"receiver_id":"1"}' },
  ]);
  expect(logs.count('a bug of the observer')).toBe(3);
  await relay.sendTo('SNEK', '1', 'of the backend');
  expect([seen.pop(), await player.next()]).toEqual([
    { from: 'host', message: 'of the backend' },
    'of the backend',
  ]);
  stop?.();
  host.send('unseen');
  await player.next();
  expect(seen).toHaveLength(3);
  expect(await relay.observe('NOBODY', () => undefined)).toBeUndefined();
});

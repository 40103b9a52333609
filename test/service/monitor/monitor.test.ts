// What an operator sees of a running relay through its one port, and does to it.
import { expect, test, vi } from 'vitest';
import { RelayModule, RelayMonitor, type RelayOptions } from '../../../src/index.js';
import { startBackend, type Backend } from '../../embed/backend.js';
import { fixForTest } from '../../harness/fixed.js';
import { silently } from '../../harness/connection.js';
import { loginHost } from '../../harness/relay.js';

type Watched = Backend & { monitor: RelayMonitor };

async function startWatched(options: Partial<RelayOptions> = {}): Promise<Watched> {
  const backend = await startBackend({ imports: [RelayModule.forRoot(options)] });
  return { ...backend, monitor: backend.app.get(RelayMonitor, { strict: false }) };
}

test('an operator sees the rooms, their members, and what each has sent and received', async () => {
  const { monitor, peers } = await startWatched();
  const host = await peers.host('SNEK');
  const player = await peers.player(host, '467');
  const other = await peers.player(host, '468');
  for (const message of ['{}', '{"a":1}']) player.send(message);
  await host.take(2);
  host.send('all');
  host.send('{"receiver_id":"468"}');
  await Promise.all([player.next(), other.take(2)]);
  expect(monitor.rooms()).toEqual([
    expect.objectContaining({
      ...{
        serverCode: 'SNEK',
        playerCount: 2,
        openedAt: expect.any(Date) as Date,
        worstRoundTrip: undefined,
      },
      ...{ messages: 4, bytes: 2 + 7 + 3 + 21, waiting: 0, paused: 0 },
    }),
  ]);
  const { host: seenHost, players } = monitor.room('SNEK')!;
  const counts = [seenHost, ...players.map(({ here }) => here)].map((seen) => [
    ...[seen?.messagesIn, seen?.messagesOut, seen?.address, seen?.isPaused],
  ]);
  // A login is a message, and two of the host's are notices.
  expect(counts).toEqual([
    [3, 4, '127.0.0.1', false],
    [3, 1, '127.0.0.1', false],
    [1, 2, '127.0.0.1', false],
  ]);
  expect(players.map(({ clientId }) => clientId)).toEqual(['467', '468']);
  for (const { here } of players) {
    expect(here?.bytesIn).toBeGreaterThan(100);
    expect(here?.bytesOut).toBeGreaterThan(100);
    expect(here?.age).toBeGreaterThan(0);
  }
  expect(monitor.room('SNAKE')).toBeUndefined();
});

test('totals count hosts, players and connections that have not logged in', async () => {
  const { monitor, peers } = await startWatched();
  expect(monitor.totals()).toMatchObject({ rooms: 0, hosts: 0, players: 0, pending: 0 });
  const host = await peers.host();
  await peers.player(host, '467');
  await (await peers.connect()).fence();
  expect(monitor.totals()).toEqual({
    ...{ rooms: 1, hosts: 1, players: 1, pending: 1, waiting: 0, paused: 0 },
    ...{ playersAway: 0, hostsAway: 0, keptBytes: 0 },
  });
});

test('messages are counted by kind, and those of hosts that reach no player by cause', async () => {
  const { monitor, peers } = await startWatched();
  const host = await peers.host();
  host.send('nobody is here');
  await host.fence();
  const player = await peers.player(host, '467');
  await peers.player(host, '467');
  for (const message of ['to all', '{"receiver_id":"467"}', '{"receiver_id":"468"}', '{"receiver_id":467}'])
    host.send(message);
  await player.take(2);
  player.send('{}');
  await host.next();
  await host.fence();
  const { forward, broadcast, unicast, undeliverable } = monitor.traffic;
  expect(forward).toEqual({ messagesIn: 1, bytesIn: 2, messagesOut: 1, bytesOut: 19 });
  expect(broadcast).toEqual({ messagesIn: 2, bytesIn: 20, messagesOut: 2, bytesOut: 12 });
  expect(unicast).toEqual({ messagesIn: 3, bytesIn: 61, messagesOut: 2, bytesOut: 42 });
  expect(undeliverable).toEqual({ noPlayers: 1, noSuchPlayer: 1, receiverNotText: 1 });
});

test('[O8] the pings of hosts and players measure their round trips', async () => {
  fixForTest({ hostPingInterval: 1, playerPingInterval: 1 });
  const { monitor, peers } = await startWatched();
  const host = await peers.host('SNEK');
  await peers.player(host, '467');
  await vi.waitFor(() => expect(monitor.room('SNEK')?.players[0]?.here?.jitter).toBeDefined(), 30_000);
  const { worstRoundTrip, host: seenHost, players } = monitor.room('SNEK')!;
  const trips = [seenHost?.roundTrip, players[0]?.here?.roundTrip] as number[];
  for (const trip of trips) expect(trip).toBeGreaterThan(0);
  expect(worstRoundTrip).toBe(Math.max(...trips));
  for (const { roundTrips } of [monitor.traffic.host, monitor.traffic.player]) {
    expect(roundTrips.count).toBeGreaterThan(0);
  }
});

test('[O9] a room that its operator closes ends silently, for its host and for its players', async () => {
  const { monitor, peers, logs } = await startWatched();
  const [host, bystander] = [await peers.host(), await peers.host()];
  const player = await peers.player(host, '467');
  expect(monitor.closeRoom(host.code)).toBe(true);
  for (const connection of [host, player]) expect(await connection.closed()).toEqual(silently);
  await logs.ending('closed-by-operator', host.code);
  await logs.ending('host-left', host.code, '467');
  await bystander.expectNothing();
  expect(monitor.closeRoom(host.code)).toBe(false);
});

test('[O9] players that the operator ends leave as if by themselves, and the others stay', async () => {
  const { monitor, peers, logs } = await startWatched();
  const host = await peers.host();
  const players = [await peers.player(host, '467'), await peers.player(host, '467')];
  const other = await peers.player(host, '468');
  expect(monitor.endPlayers(host.code, '467')).toBe(2);
  for (const player of players) expect(await player.closed()).toEqual(silently);
  expect(await host.take(2)).toEqual(Array(2).fill('{"action":"disconnect","client_id":"467"}'));
  await logs.ending('closed-by-operator', host.code, '467');
  await peers.expectParty(host, other);
  expect(monitor.endPlayers(host.code, '467')).toBe(0);
  expect(monitor.endPlayers('none', '467')).toBe(0);
});

test('[O10] a relay that drains takes no new host, and its parties go on and grow', async () => {
  const { monitor, peers } = await startWatched();
  const host = await peers.host();
  monitor.drain();
  expect(monitor.readiness.now()).toEqual(['draining']);
  await peers.expectRefused(await peers.saying(loginHost('NEW')), 'draining', 'NEW');
  await peers.expectParty(host, await peers.player(host, '467'));
  monitor.drain(false);
  await peers.host('NEW');
});

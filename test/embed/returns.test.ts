// What a backend learns of peers whose connections are lost, and that come back (C16, L16).
import { expect, test, vi } from 'vitest';
import { RelayEvents, RelayModule, RelayMonitor, RelayService } from '../../src/index.js';
import { goingOn, stayingHost, stayingPlayer } from '../wire/returning/staying.js';
import { type Backend, startBackend } from './backend.js';
import { startGuarded } from './guarded-backend.js';

/** A backend, and in words what it was told. */
async function start(options = {}): Promise<Backend & { events: RelayEvents; told: string[] }> {
  const backend = await startBackend({ imports: [RelayModule.forRoot(options)] });
  const events = backend.app.get(RelayEvents, { strict: false });
  const told: string[] = [];
  events.roomOpened.subscribe(({ serverCode }) => told.push(`${serverCode} opened`));
  events.roomClosed.subscribe(({ serverCode, ending }) => told.push(`${serverCode} closed: ${ending}`));
  events.playerJoined.subscribe(({ clientId }) => told.push(`${clientId} joined`));
  events.playerLeft.subscribe(({ clientId, ending }) => told.push(`${clientId} left: ${ending}`));
  return { ...backend, events, told };
}

test('[R38] a backend hears once of a room and of each player, however often they come back', async () => {
  const { peers, told } = await start();
  let host = await stayingHost(peers, { grace: 60, hold: 60 });
  let player = await stayingPlayer(peers, host, '467');
  for (let n = 0; n < 3; n++) {
    // Lost and back; then back before the relay knows of the loss.
    if (n !== 1) player.vanish();
    player = await stayingPlayer(peers, host, '467', n === 2 ? {} : goingOn(player.welcome, 0));
    if (n !== 1) host.vanish();
    host = await stayingHost(peers, { grace: 60, hold: 60, players: 'keep' }, host.code);
  }
  expect(told).toEqual([`${host.code} opened`, '467 joined']);
  await player.leave(1000);
  await host.leave(1000);
  const all = [`${host.code} opened`, '467 joined', '467 left: left', `${host.code} closed: left`];
  await vi.waitFor(() => expect(told).toEqual(all));
});

test('[R38] a backend hears of a player and of a room that do not come back when they are given up', async () => {
  const { peers, told } = await start();
  const host = await stayingHost(peers, { grace: 1, hold: 1 });
  const player = await stayingPlayer(peers, host, '467');
  player.vanish();
  await vi.waitFor(() => expect(told).toContain('467 left: left'), 20_000);
  host.vanish();
  await vi.waitFor(() => expect(told).toContain(`${host.code} closed: left`), 20_000);
  expect(told).toHaveLength(4);
});

test('[R38] a backend hears why a seat and a room were given up while their peers were away', async () => {
  const { app, peers, told } = await start();
  const rooms = app.get(RelayService, { strict: false });
  const host = await stayingHost(peers, { grace: 60, hold: 60 });
  const first = await stayingPlayer(peers, host, '467');
  const second = await stayingPlayer(peers, host, '468');
  await host.take(2);
  for (const player of [first, second]) {
    player.vanish();
    await host.next();
  }
  expect(await rooms.endPlayer(host.code, '467')).toBe(1);
  host.vanish();
  await vi.waitFor(() => expect(app.get(RelayMonitor, { strict: false }).totals().hostsAway).toBe(1));
  expect(await rooms.closeRoom(host.code)).toBe(true);
  expect(told.slice(3)).toEqual([
    '467 left: closed-by-operator',
    '468 left: host-left',
    `${host.code} closed: closed-by-operator`,
  ]);
});

test('[R26] a backend may close a room as soon as it is empty: a host that comes back as a new game opens another', async () => {
  const { app, events, peers, told } = await start();
  const rooms = app.get(RelayService, { strict: false });
  events.playerLeft.subscribe(({ serverCode }) => void rooms.closeRoom(serverCode));
  const host = await stayingHost(peers, { hold: 60 });
  await stayingPlayer(peers, host, '467');
  const back = await stayingHost(peers, { hold: 60 }, host.code);
  const { code } = host;
  expect(told).toEqual([
    `${code} opened`,
    '467 joined',
    '467 left: host-left',
    `${code} closed: closed-by-operator`,
    `${code} opened`,
  ]);
  await stayingPlayer(peers, back, '467');
  expect(rooms.room(code)).toMatchObject({ players: 1 });
});

test('[R38] a backend sees who is away, for how long still, and what is kept for the return', async () => {
  const { app, peers } = await start();
  const rooms = app.get(RelayService, { strict: false });
  const monitor = app.get(RelayMonitor, { strict: false });
  const host = await stayingHost(peers, { grace: 60, hold: 100 });
  const { code } = host;
  const player = await stayingPlayer(peers, host, '467');
  player.vanish();
  await host.take(2);
  host.send('x'.repeat(5_000));
  await host.fence();
  expect(rooms.room(code)).toMatchObject({ players: 1, playersAway: 1, isHostAway: false });
  const room = monitor.room(code)!;
  expect(room).toMatchObject({ playerCount: 1, playersAway: 1, isHostAway: false, secondsLeft: undefined });
  expect(room.keptBytes).toBeGreaterThan(5_000);
  const [seat] = room.players;
  expect(seat).toMatchObject({ clientId: '467', here: undefined, isAway: true });
  expect([seat!.secondsLeft! > 0 && seat!.secondsLeft! <= 60, seat!.keptBytes > 5_000]).toEqual([true, true]);
  host.vanish();
  await vi.waitFor(() => expect(rooms.room(code)).toMatchObject({ isHostAway: true }));
  const held = monitor.room(code)!;
  expect(held).toMatchObject({ isHostAway: true, host: undefined });
  expect(held.secondsLeft).toBeGreaterThan(60);
  // Its grace stands still.
  const left = held.players[0]!.secondsLeft;
  await vi.waitFor(() => expect(monitor.room(code)!.secondsLeft).toBeLessThan(held.secondsLeft!), 10_000);
  expect(monitor.room(code)!.players[0]!.secondsLeft).toBe(left);
});

test('[L16] the backend is asked at each return, and learns that it is one', async () => {
  const { peers, guests } = await startGuarded();
  const host = await stayingHost(peers, { grace: 60, hold: 60 });
  const player = await stayingPlayer(peers, host, '467');
  player.vanish();
  await host.take(2);
  await stayingPlayer(peers, host, '467', goingOn(player.welcome, 0));
  await stayingPlayer(peers, host, '468');
  host.vanish();
  await stayingHost(peers, { hold: 60, players: 'keep' }, host.code);
  expect(guests.asked.map(({ returns }) => returns)).toEqual([false, false, true, false, true]);
});

test('[R21] a return that the backend refuses changes nothing for the seat: its owner may still come back', async () => {
  const { peers, guests, rooms } = await startGuarded();
  const host = await stayingHost(peers, { grace: 60, hold: 60 });
  const player = await stayingPlayer(peers, host, '467');
  player.vanish();
  await host.take(2);
  guests.player = guests.host = () => false;
  const refused = await peers.connect();
  const key = 'the key of 467'.padEnd(24, '.');
  refused.send({ action: 'login_client', server_code: host.code, client_id: '467', $relay: { key } });
  expect(await refused.closed()).toEqual({ code: 4000, reason: 'not-authorized' });
  guests.player = guests.host = () => true;
  const next = await stayingPlayer(peers, host, '467', goingOn(player.welcome, 0));
  expect(next.welcome).toMatchObject({ resumed: true });
  expect(rooms.room(host.code)).toMatchObject({ players: 1 });
});

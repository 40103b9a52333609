// Rule L16: a backend that embeds the relay is asked who may play.
import { expect, test, vi } from 'vitest';
import { type HostLogin, RelayEvents } from '../../src/index.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { startGuarded, type Answer } from './guarded-backend.js';

test('[L16] the backend learns who wants to log in as what, and from where', async () => {
  const { peers, guests } = await startGuarded();
  const host = await peers.host();
  await peers.player(host, '467');
  const login = { serverCode: host.code, remoteAddress: '127.0.0.1' };
  expect(guests.asked).toMatchObject([login, { ...login, clientId: '467' }]);
});

test('[L16] the backend sees the upgrade request, and all members of the login', async () => {
  const { peers, guests } = await startGuarded();
  const host = await peers.connect('/?token=in%20the%20query');
  host.send('{"token":"in a member","action":"login_server","__proto__":{"x":1},"server_code":"JWT"}');
  await host.fence();
  const [{ request, login }] = guests.asked as [HostLogin];
  expect(request).toMatchObject({ url: '/?token=in%20the%20query', address: '127.0.0.1' });
  expect(request.headers).toMatchObject({ upgrade: 'websocket' });
  expect(JSON.stringify(login)).toBe(
    '{"token":"in a member","action":"login_server","__proto__":{"x":1},"server_code":"JWT"}',
  );
});

test.each<[string, unknown]>([
  ['{ allowed: false }', { allowed: false }],
  ['a text', 'no'],
  ['an array', []],
  ['nothing', undefined],
])(
  '[L16] an authorizer that answers %s lets no peer in, and the log lists the allowed answers',
  async (_, answer) => {
    const { peers, guests, logs } = await startGuarded();
    guests.host = () => answer as Answer;
    await peers.expectRefused(await peers.saying(loginHost(peers.code())), 'internal-error');
    await logs.until(({ raw }) => raw.includes('has to answer true, false or { context }'), 'the mistake');
  },
);

test('[L16] the context that the backend gives a peer is in the events', async () => {
  const { app, peers, guests } = await startGuarded();
  guests.host = () => ({ context: { owner: 'ann' } });
  guests.player = () => Promise.resolve({ context: 7 });
  const events = app.get(RelayEvents, { strict: false });
  const contexts: unknown[] = [];
  for (const event of [events.roomOpened, events.playerJoined, events.playerLeft, events.roomClosed]) {
    event.subscribe(({ context }) => contexts.push(context));
  }
  const host = await peers.host();
  const player = await peers.player(host, '467');
  player.dispose();
  await host.next();
  await host.leave();
  await vi.waitFor(() => expect(contexts).toEqual([{ owner: 'ann' }, 7, 7, { owner: 'ann' }]));
});

test('[L16] the backend is not asked about logins that the relay refuses itself', async () => {
  const { peers, guests } = await startGuarded();
  const host = await peers.host();
  guests.asked.length = 0;
  await peers.expectRefused(await peers.saying(loginHost(host.code)), 'code-taken');
  await peers.expectRefused(await peers.saying(loginPlayer('NOBODY', '467')), 'no-such-code');
  await peers.expectRefused(await peers.saying(loginPlayer(host.code, '')), 'bad-login');
  expect(guests.asked).toEqual([]);
});

test.each([
  ['at once', false],
  ['later', Promise.resolve(false)],
])('[L16] a host that the backend refuses %s is disconnected, and its code stays free', async (_, answer) => {
  const { peers, guests } = await startGuarded();
  guests.host = () => answer;
  const code = peers.code();
  await peers.expectRefused(await peers.saying(loginHost(code)), 'not-authorized', code);
  guests.host = () => true;
  await peers.host(code);
});

test.each([
  ['at once', false],
  ['later', Promise.resolve(false)],
])(
  '[L16] a player that the backend refuses %s is disconnected, and its host does not learn of it',
  async (_, answer) => {
    const { peers, guests, rooms } = await startGuarded();
    const host = await peers.host();
    guests.player = () => answer;
    const player = await peers.saying(loginPlayer(host.code, '467'));
    await peers.expectRefused(player, 'not-authorized', host.code, '467');
    await host.expectNothing();
    expect(rooms.rooms()).toMatchObject([{ serverCode: host.code, players: 0 }]);
  },
);

const failures: [string, () => Answer][] = [
  [
    'throws',
    () => {
      throw new Error('the guest list is lost');
    },
  ],
  ['rejects', () => Promise.reject(new Error('the guest list is lost'))],
];
test.each(failures)(
  '[L16] a login is refused when the backend %s, and the log has its error',
  async (_, fail) => {
    const { peers, guests, logs } = await startGuarded();
    const host = await peers.host();
    const friend = await peers.player(host, 'friend');
    guests.host = guests.player = fail;
    for (const login of [loginHost(peers.code()), loginPlayer(host.code, '467')]) {
      await peers.expectRefused(await peers.saying(login), 'internal-error');
    }
    const { level, raw } = await logs.until(({ text }) => text.includes('guest list is lost'), 'the error');
    expect(level).toBe('error');
    expect(raw).toContain('authorizer.test.ts');
    await peers.expectParty(host, friend);
  },
);

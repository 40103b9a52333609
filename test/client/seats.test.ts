// Who is away, and who is back: seats outlive connections, for host and player.
import { expect, test, vi } from 'vitest';
import { type HostOptions, PartyHost, type PartyPlayer, type Store } from '../../client/src/index.js';
import { newHost, newPlayer, newStore, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

/** A host, and what its game hears of the players. */
function watched(options: HostOptions = {}): { host: PartyHost; news: string[] } {
  const host = newHost(options);
  const news: string[] = [];
  host.on('join', (id, { back }) => news.push(back ? `+${id} back` : `+${id}`));
  host.on('leave', (id) => news.push(`-${id}`));
  host.on('away', (id) => news.push(`${id} away`));
  host.on('back', (id, { resumed }) => news.push(`${id} ${resumed ? 'resumed' : 'again'}`));
  host.on('message', (message, id) => news.push(`${id}: ${JSON.stringify(message)}`));
  return { host, news };
}

function notice(action: string, id = '467'): void {
  FakeSocket.last.say(JSON.stringify({ action, client_id: id }));
}

async function nextOpen(): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 60_000 });
  FakeSocket.last.open();
}

/** What the player's page shows, and what its game hears of the host. */
function phone(): { player: PartyPlayer; news: unknown[] } {
  const player = newPlayer();
  const news: unknown[] = [];
  player.on('host', (...said) => news.push(said));
  player.on('message', (message) => news.push(message));
  return { player, news };
}

test('a host asks for 30 s of grace, a minute of hold, and for its players, unless its game has other wishes', () => {
  newHost();
  FakeSocket.last.open();
  const key = expect.stringMatching(/^\d{40}$/) as string;
  expect(FakeSocket.last.asked).toEqual({ key, grace: 30, hold: 60, players: 'keep' });
  newHost({ grace: 5_000, hold: 0, unique: true });
  FakeSocket.last.open();
  expect(FakeSocket.last.asked).toEqual({ key, grace: 5, hold: 0, players: 'keep', unique: true });
});

test('the game hears that a player is away, and back, and has to greet one whose page has seen nothing', () => {
  const { host, news } = watched();
  FakeSocket.last.welcome();
  notice('connect');
  for (const resumed of [true, false]) {
    FakeSocket.last.word({ $relay: 'away', client_id: '467' });
    expect(host.players).toEqual(['467']);
    FakeSocket.last.word({ $relay: 'back', client_id: '467', resumed });
  }
  notice('disconnect');
  expect(news).toEqual(['+467', '467 away', '467 resumed', '467 away', '467 again', '+467 back', '-467']);
});

test('no player can speak for the relay', () => {
  const { news } = watched();
  FakeSocket.last.welcome();
  notice('connect');
  FakeSocket.last.say('{"$relay":"away","client_id":"467"}');
  expect(news).toEqual(['+467', '467: {"$relay":"away"}']);
});

test('players whose host is away for a moment stay, and the game hears nothing of it', async () => {
  const { host, news } = watched();
  FakeSocket.last.welcome();
  notice('connect');
  FakeSocket.last.end(1006);
  expect(host.players).toEqual(['467']);
  host.sendTo('467', { n: 1 });
  await nextOpen();
  FakeSocket.last.welcome({ resumed: true });
  expect(FakeSocket.last.sent.slice(1)).toEqual(['{"n":1,"receiver_id":"467"}']);
  notice('connect', 'ben');
  expect(host.players).toEqual(['467', 'ben']);
  expect(news).toEqual(['+467', '+ben']);
});

test('in a new stream the relay names the players to the host again', async () => {
  const { news } = watched();
  FakeSocket.last.welcome();
  notice('connect');
  notice('connect', 'ben');
  FakeSocket.last.end(1006);
  await nextOpen();
  FakeSocket.last.welcome({ stream: 's2' });
  notice('connect');
  expect(news).toEqual(['+467', '+ben', '-467', '-ben', '+467']);
});

test('without hold the players are gone with the connection', () => {
  const { news } = watched({ hold: 0 });
  FakeSocket.last.welcome({ hold: 0 });
  notice('connect');
  FakeSocket.last.end(1006);
  expect(news).toEqual(['+467', '-467']);
});

test('the players of a relay that stops are gone with it', async () => {
  const { news } = watched();
  FakeSocket.last.welcome();
  notice('connect');
  FakeSocket.last.end(1001);
  await vi.advanceTimersByTimeAsync(0);
  expect(news).toEqual(['+467', '-467']);
});

test('the players of a host that ends are gone', () => {
  const { host, news } = watched();
  FakeSocket.last.welcome();
  notice('connect');
  host.close();
  expect(news).toEqual(['+467', '-467']);
});

test('a phone shows that the big screen is away, keeps its connection, and what it sends meanwhile arrives', () => {
  const { player, news } = phone();
  FakeSocket.last.welcome();
  FakeSocket.last.word({ $relay: 'away' });
  expect(player.status).toMatchObject({
    state: 'waiting',
    reason: { code: 'host-away', text: 'The big screen is away. Waiting for it to come back.' },
  });
  expect([player.send({ n: 1 }), player.sendIfOpen({ n: 2 })]).toEqual([true, false]);
  FakeSocket.last.word({ $relay: 'back', resumed: true });
  expect(player.status).toEqual({ state: 'joined' });
  expect(news).toEqual([['away'], ['back', { resumed: true }]]);
  expect(FakeSocket.made).toHaveLength(1);
  expect(FakeSocket.last.sent.slice(1)).toEqual(['{"n":1}']);
});

test('a phone that joins while the big screen is away waits for it, and its silence means nothing', async () => {
  const player = newPlayer({ quietAfter: 3_000 });
  vi.stubGlobal('fetch', () =>
    Promise.resolve(Response.json({ ending: null, connected: [{ since: new Date().toISOString() }] })),
  );
  FakeSocket.last.welcome({ host: 'away' });
  FakeSocket.last.say('{"say":"retained"}');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'host-away' } });
  expect(FakeSocket.made).toHaveLength(1);
});

test('a phone that comes back hears what became of the big screen meanwhile', async () => {
  const { player, news } = phone();
  FakeSocket.last.welcome();
  FakeSocket.last.word({ $relay: 'away' });
  FakeSocket.last.end(1006);
  await nextOpen();
  FakeSocket.last.welcome({ stream: 's2' });
  expect(player.status).toEqual({ state: 'joined' });
  FakeSocket.last.end(1006);
  await nextOpen();
  FakeSocket.last.welcome({ stream: 's2', resumed: true, host: 'away' });
  expect(player.status.state).toBe('waiting');
  expect(news).toEqual([['away'], ['back', { resumed: false }], ['away']]);
});

/** The page is gone without a farewell: nothing of it is heard any more. */
function reload(): void {
  const now = Date.now();
  // Takes the clock back as well.
  vi.clearAllTimers();
  vi.setSystemTime(now);
}

function newScreen(store: Store, options: HostOptions = {}): PartyHost {
  return new PartyHost({ url: 'ws://relay.example', store, WebSocket: FakeSocket, ...options });
}

test('a reloaded screen asks for the code that it had with the key that it had, as a new stream', async () => {
  const store = newStore();
  const { code } = newScreen(store);
  FakeSocket.last.welcome();
  const first = FakeSocket.last;
  await vi.advanceTimersByTimeAsync(600_000);
  reload();
  const after = newScreen(store);
  FakeSocket.last.open();
  expect(after.code).toBe(code);
  expect(FakeSocket.last.asked).toEqual(first.asked);
  FakeSocket.last.welcome({ stream: 's2' });
  expect(after.status.state).toBe('joined');
});

test('another screen has its own code and key, and so has one that gave its party up', () => {
  const [store, other] = [newStore(), newStore()];
  const first = newScreen(store);
  FakeSocket.last.welcome();
  const { key } = FakeSocket.last.asked;
  expect(newScreen(other).code).not.toBe(first.code);
  FakeSocket.last.open();
  expect(FakeSocket.last.asked['key']).not.toBe(key);
  expect(newScreen(store, { code: 'KDRP' }).code).toBe('KDRP');
  expect(newScreen(store, { preferredCode: 'vmtx' }).code).toBe('VMTX');
  first.close();
  expect(newScreen(store).code).not.toBe(first.code);
});

test('a screen asks for the party that it had last', async () => {
  const store = newStore();
  for (const code of ['KDRP', 'VMTX']) {
    newScreen(store, { code });
    FakeSocket.last.welcome();
    await vi.advanceTimersByTimeAsync(1_000);
    reload();
  }
  expect(newScreen(store).code).toBe('VMTX');
});

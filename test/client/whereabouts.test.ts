// A client asks the relay whether it still has its connection: when it wakes up, and when it has heard nothing for long.
import { expect, test, vi } from 'vitest';
import { newHost, newPlayer, tellWindow, turnTo, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const asked: string[] = [];

/** From now on the relay, whose clock is a year ahead, knows connections of that age, or cannot be reached. */
function relayKnows(...agesMs: number[]): void {
  asked.length = 0;
  const now = Date.now() + 31_536_000_000;
  const connected = agesMs.map((age) => ({ since: new Date(now - age).toISOString() }));
  const answer = { ending: null, now: new Date(now).toISOString(), connected };
  vi.stubGlobal('fetch', (url: URL) => {
    asked.push(url.pathname + url.search);
    return Promise.resolve(Response.json(answer, { status: connected.length > 0 ? 200 : 404 }));
  });
}

function relayIsAway(): void {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('no network')));
}

async function lookAway(): Promise<void> {
  await vi.advanceTimersByTimeAsync(6_000);
  await turnTo('hidden');
  await turnTo('visible', 1_000);
}

const peers: [string, () => { status: { state: string } }, string][] = [
  ['phone', () => newPlayer(), '/v1/why?server_code=SNEK&client_id=467'],
  ['screen', () => newHost(), '/v1/why?server_code=SNEK'],
];

test.each(peers)('a %s that wakes up and is still there keeps its connection', async (_, make, question) => {
  const peer = make();
  FakeSocket.last.welcome();
  relayKnows(6_900);
  await lookAway();
  expect(asked).toEqual([question]);
  expect(FakeSocket.made).toHaveLength(1);
  expect(peer.status.state).toBe('joined');
});

test.each(peers)('a %s that wakes up and is not there any more is back at once', async (_, make) => {
  const peer = make();
  FakeSocket.last.welcome();
  relayKnows();
  await lookAway();
  expect(FakeSocket.made).toHaveLength(2);
  expect(peer.status).toMatchObject({ state: 'connecting', reason: { code: 'quiet' } });
  FakeSocket.last.open();
  expect(FakeSocket.last.asked).toMatchObject({ stream: 's1' });
  FakeSocket.last.welcome({ resumed: true });
  expect(peer.status).toEqual({ state: 'joined', resumed: true });
});

test('a connection that is older than the login is another one', async () => {
  newPlayer();
  FakeSocket.last.welcome();
  relayKnows(60_000);
  await lookAway();
  expect(FakeSocket.made).toHaveLength(2);
});

test('a node that has others beside it knows only its own connections', async () => {
  newPlayer();
  FakeSocket.last.welcome();
  const answer = { ending: null, hint: 'Another node may know.', connected: [] };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(answer, { status: 404 })));
  await lookAway();
  expect(FakeSocket.made).toHaveLength(1);
});

test.each(peers)(
  'a %s that was away for long replaces its connection without a question',
  async (_, make) => {
    make();
    FakeSocket.last.welcome();
    relayKnows(1_000);
    await turnTo('hidden');
    await turnTo('visible', 25_000);
    expect(FakeSocket.made).toHaveLength(2);
    FakeSocket.last.open();
    expect(FakeSocket.last.asked).toMatchObject({ stream: 's1' });
  },
);

test.each(peers)(
  'a %s that has heard nothing for 15 seconds asks, and not more than every half minute',
  async (_, make) => {
    make();
    FakeSocket.last.welcome();
    relayKnows(1_000);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(asked).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
    relayKnows();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(FakeSocket.made).toHaveLength(2);
  },
);

test('a screen without a network says so, and goes on when the relay has it still', async () => {
  const host = newHost();
  FakeSocket.last.welcome();
  relayIsAway();
  await lookAway();
  expect(host.status).toMatchObject({ state: 'waiting', reason: { code: 'unreachable' } });
  relayKnows(1_000);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(host.status.state).toBe('joined');
  expect(FakeSocket.made).toHaveLength(1);
});

test('a relay that says another time that the connection is gone is asked less and less often', async () => {
  newPlayer();
  FakeSocket.last.welcome();
  relayKnows();
  for (let second = 0; second < 600; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    if (FakeSocket.last.readyState === 0) FakeSocket.last.welcome({ resumed: true });
  }
  // After 15, 30, 60 and 120 seconds, and so on.
  expect(FakeSocket.made.length).toBeLessThan(9);
});

test('a screen whose players are all silent replaces its own connection, and keeps them', async () => {
  const host = newHost({ quietAfter: 4_000 });
  const left = vi.fn();
  host.on('leave', left);
  FakeSocket.last.welcome();
  FakeSocket.last.say('{"action":"connect","client_id":"467"}');
  relayKnows(1_000);
  await vi.advanceTimersByTimeAsync(8_000);
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.last.welcome({ resumed: true });
  FakeSocket.last.say('{"client_id":"467","say":"hi"}');
  expect(host).toMatchObject({ status: { state: 'joined' }, players: ['467'] });
  expect(left).not.toHaveBeenCalled();
});

test('a page that wakes up first gets the messages that came meanwhile, and counts them', async () => {
  newPlayer();
  FakeSocket.last.welcome();
  const [first] = FakeSocket.made;
  await tellWindow('offline');
  const woken = tellWindow('online');
  first?.say('{"say":"while you slept"}');
  await woken;
  FakeSocket.last.open();
  expect(FakeSocket.last.asked).toMatchObject({ stream: 's1', got: 1 });
});

test('an answer that comes when the connection was replaced already says nothing about the new one', async () => {
  newPlayer();
  FakeSocket.last.welcome();
  let answer = (_: Response): void => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
  await lookAway();
  FakeSocket.last.end(1006);
  await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 5_000 });
  FakeSocket.last.welcome({ resumed: true });
  answer(Response.json({ ending: null, connected: [] }, { status: 404 }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.made).toHaveLength(2);
});

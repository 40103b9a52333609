// A big screen that wakes up looks whether the relay still has it, and takes its party back if not.
import { expect, test, vi } from 'vitest';
import { join, newHost, tellWindow, turnTo, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const PLAYER = '{"action":"connect","client_id":"467"}';

/** The last connection, if it is that of a look. */
function look(): FakeSocket | undefined {
  const { last } = FakeSocket;
  last.open();
  return last.sent[0]?.includes('login_client') ? last : undefined;
}

/** The notice of the screen's own check. */
function notice(action: string, looking: FakeSocket | undefined): string {
  const { client_id: id } = JSON.parse(looking?.sent[0] ?? '') as { client_id: string };
  return JSON.stringify({ action, client_id: id });
}

const wakes: [string, () => Promise<void>][] = [
  [
    'is shown again after a minute',
    async () => {
      await turnTo('hidden');
      await turnTo('visible', 60_000);
    },
  ],
  [
    'is shown again after a moment, when nothing was heard for a while',
    async () => {
      await vi.advanceTimersByTimeAsync(6_000);
      await turnTo('hidden');
      await turnTo('visible');
    },
  ],
  [
    'is back in a network',
    async () => {
      await vi.advanceTimersByTimeAsync(6_000);
      await tellWindow('offline');
      await tellWindow('online');
    },
  ],
  [
    'was asleep without a word of the browser',
    async () => {
      vi.setSystemTime(Date.now() + 600_000);
      await vi.advanceTimersByTimeAsync(5_000);
    },
  ],
];

test.each(wakes)('a screen that %s checks its connection, and keeps it if it is alive', async (_, wake) => {
  const host = newHost();
  await join();
  const [own] = FakeSocket.made;
  own?.say(PLAYER);
  const heard: string[] = [];
  host.on('join', (id) => heard.push(id));
  host.on('leave', (id) => heard.push(id));
  host.on('message', (_message, id) => heard.push(id));
  await wake();
  const looking = look();
  own?.say(notice('connect', looking));
  expect(looking?.readyState).toBe(3);
  own?.say(notice('disconnect', looking));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(2);
  expect(host).toMatchObject({ status: { state: 'joined' }, players: ['467'] });
  expect(own?.readyState).toBe(1);
  expect(heard).toEqual([]);
});

test('a screen whose own message does not come back takes its party back', async () => {
  const host = newHost();
  await join();
  await turnTo('hidden');
  await turnTo('visible', 60_000);
  expect(look()).toBeDefined();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(FakeSocket.made[0]?.wasTerminated).toBe(true);
  expect(host.status).toMatchObject({ state: 'connecting', reason: { code: 'quiet' } });
  // The relay still counts the old connection.
  FakeSocket.last.open();
  FakeSocket.last.end(1005);
  await vi.advanceTimersByTimeAsync(0);
  expect(host.status).toMatchObject({ state: 'waiting', reason: { code: 'taking-back' } });
  await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 60_000 });
  await join();
  expect(host).toMatchObject({ code: 'SNEK', status: { state: 'joined' } });
});

test('if the relay gives no reason, the screen gives its party up only after a second refusal', async () => {
  newHost();
  await join();
  await turnTo('hidden');
  await turnTo('visible', 60_000);
  look()?.end(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.made[0]?.readyState).toBe(1);
  look()?.end(1006);
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSocket.made[0]?.wasTerminated).toBe(true);
});

test('a check that is refused for its own reason says nothing about the party', async () => {
  const host = newHost();
  await join();
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ending: 'room-full', refused: true })));
  await turnTo('hidden');
  await turnTo('visible', 60_000);
  look()?.end(1005);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(2);
  expect(host.status.state).toBe('joined');
});

test('without a network the screen says so, keeps its players, and checks again until it knows', async () => {
  const host = newHost();
  await join();
  FakeSocket.last.say(PLAYER);
  const left = vi.fn();
  host.on('leave', left);
  await turnTo('hidden');
  await turnTo('visible', 60_000);
  FakeSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(0);
  expect(host.status).toMatchObject({ state: 'waiting', reason: { code: 'unreachable' } });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(FakeSocket.made).toHaveLength(3);
  FakeSocket.made[0]?.say('{"client_id":"467","say":"hi"}');
  expect(host).toMatchObject({ status: { state: 'joined' }, players: ['467'] });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(3);
  expect(left).not.toHaveBeenCalled();
});

test('a screen that heard from the relay a moment ago does not check, and one that is waiting connects at once', async () => {
  newHost();
  await join();
  FakeSocket.last.say(PLAYER);
  await turnTo('hidden');
  await turnTo('visible', 1_000);
  expect(FakeSocket.made).toHaveLength(1);
  FakeSocket.last.end(1006);
  await turnTo('visible');
  expect(FakeSocket.made).toHaveLength(2);
});

test('a screen that expects messages from its players checks when they are silent, at most every half minute', async () => {
  newHost({ quietAfter: 4_000 });
  await join();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(1);
  const [own] = FakeSocket.made;
  own?.say(PLAYER);
  await vi.advanceTimersByTimeAsync(4_000);
  for (let looks = 1; looks <= 3; looks++) {
    expect(FakeSocket.made).toHaveLength(1 + looks);
    own?.say(notice('connect', look()));
    await vi.advanceTimersByTimeAsync(30_000);
  }
});

test('a screen may replace its connection at once, and insists on its code', async () => {
  const host = newHost();
  await join();
  host.retry();
  expect(FakeSocket.made[0]?.wasTerminated).toBe(true);
  FakeSocket.last.open();
  FakeSocket.last.end(1005);
  await vi.advanceTimersByTimeAsync(0);
  expect(host.status).toMatchObject({ state: 'waiting', reason: { code: 'taking-back' } });
});

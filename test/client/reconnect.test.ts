// How a phone comes back, second by second.
import { expect, test, vi } from 'vitest';
import type { Status } from '../../client/src/index.js';
import { chance, join, newHost, newPlayer, tellWindow, turnTo, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

test('pauses grow up to five seconds, and each is drawn at random between zero and its maximum', async () => {
  newPlayer();
  const pauses: number[] = [];
  chance.value = 0.999;
  for (let attempt = 0; attempt < 7; attempt++) {
    const before = FakeSocket.made.length;
    FakeSocket.last.end(1006);
    const start = Date.now();
    while (FakeSocket.made.length === before) await vi.advanceTimersByTimeAsync(10);
    pauses.push(Math.round((Date.now() - start) / 100) / 10);
  }
  expect(pauses).toEqual([0.3, 0.6, 1.2, 2.4, 4.8, 5, 5]);
  chance.value = 0;
  FakeSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeSocket.made).toHaveLength(9);
});

test('a phone that wakes up skips its pause', async () => {
  const player = newPlayer();
  await join();
  await turnTo('hidden');
  FakeSocket.last.end(1006);
  expect(player.status.state).toBe('waiting');
  await turnTo('visible');
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(0);
  await tellWindow('pageshow');
  expect(FakeSocket.made).toHaveLength(3);
});

test('a phone that slept for long replaces its connection, and one that looked away for a moment keeps it', async () => {
  newPlayer();
  await join();
  await turnTo('hidden');
  await turnTo('visible', 5_000);
  expect(FakeSocket.made).toHaveLength(1);
  await turnTo('hidden');
  await turnTo('visible', 25_000);
  expect(FakeSocket.made).toHaveLength(2);
  expect(FakeSocket.made[0]?.readyState).toBe(3);
});

test('a phone that is back on a network reconnects at once', async () => {
  newPlayer();
  await join();
  await tellWindow('offline');
  await tellWindow('online');
  expect(FakeSocket.made).toHaveLength(2);
});

test('an attempt that hangs is given up after six seconds, and the page can show that the relay never answers', async () => {
  const player = newPlayer();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'unreachable' } });
  expect(player.status).toMatchObject({
    reason: {
      text: 'The party cannot be reached. Is this device on the right network?',
      detail: expect.stringContaining('ws://relay.example/ does not answer') as string,
    },
  });
  await vi.advanceTimersByTimeAsync(300);
  expect(player.status).toMatchObject({ state: 'connecting', reason: { code: 'unreachable' } });
});

test('a device that knows it is offline says so', async () => {
  const player = newPlayer();
  vi.stubGlobal('navigator', { onLine: false });
  FakeSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(0);
  expect(player.status).toMatchObject({ state: 'waiting', reason: { text: 'This device is offline.' } });
});

test('a phone waits two minutes for a party that it lost, and then gives up', async () => {
  const player = newPlayer();
  await join();
  FakeSocket.last.end(1005);
  const start = Date.now();
  while (player.status.state !== 'ended') {
    await vi.advanceTimersByTimeAsync(50);
    if (FakeSocket.last.readyState === 0) {
      FakeSocket.last.open();
      FakeSocket.last.end(1005);
    }
  }
  expect(Math.round((Date.now() - start) / 10_000)).toBe(12);
});

test('a page that leaves as soon as it gets a status stays away', async () => {
  const player = newPlayer();
  player.on('status', ({ state }: Status) => state === 'waiting' && player.close());
  await join();
  FakeSocket.last.end(1005);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(1);
  expect(player.status).toMatchObject({ state: 'ended', reason: { code: 'left' } });
});

test('host and player name their code in the URL, so that a balancer can bring them to one node', () => {
  newHost();
  newPlayer();
  expect(FakeSocket.made.map(({ url }) => url)).toEqual(Array(2).fill('ws://relay.example/?code=SNEK'));
});

// A connection from which nothing comes any more looks like one on which there is nothing to say.
import { expect, test, vi } from 'vitest';
import type { PartyPlayer } from '../../client/src/index.js';
import { join, newPlayer, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const WORD = '{"say":"ping"}';

/** A player whose host said something just now. */
function welcome(quietAfter?: number): PartyPlayer {
  const player = newPlayer(quietAfter === undefined ? {} : { quietAfter });
  FakeSocket.last.open();
  FakeSocket.last.say(WORD);
  expect(player.status.state).toBe('joined');
  return player;
}

/** In whole seconds from now on: what the player shows, and how many connections it had. */
async function watch(player: PartyPlayer, seconds: number): Promise<string[]> {
  const seen: string[] = [];
  for (let second = 0; second < seconds; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    const reason = 'reason' in player.status ? player.status.reason?.text : '';
    seen.push(`${player.status.state} ${reason}`.trim());
  }
  return seen;
}

test('a phone that hears nothing for longer than its game allows reports each second since when', async () => {
  const player = welcome(3_000);
  expect(await watch(player, 5)).toEqual([
    'joined',
    'joined',
    'waiting No answer for 3 s.',
    'waiting No answer for 4 s.',
    'waiting No answer for 5 s.',
  ]);
  expect(player.sendIfOpen({ x: 1 })).toBe(false);
  FakeSocket.last.say(WORD);
  expect(player.status.state).toBe('joined');
  expect(FakeSocket.made).toHaveLength(1);
});

test('after twice that time it opens another connection, and the old one is reset', async () => {
  const player = welcome(4_000);
  await watch(player, 8);
  expect(FakeSocket.made).toHaveLength(2);
  expect(FakeSocket.made[0]?.wasTerminated).toBe(true);
  expect(player.status).toMatchObject({ state: 'connecting', reason: { code: 'quiet' } });
  await join();
  expect(player.status.state).toBe('joined');
});

test('a big screen that stays silent over new connections too is tried less and less often', async () => {
  const player = welcome(4_000);
  const connectedAt: number[] = [];
  const start = Date.now();
  while (connectedAt.length < 6) {
    await vi.advanceTimersByTimeAsync(1_000);
    if (FakeSocket.last.readyState !== 0) continue;
    connectedAt.push(Date.now() - start);
    await join();
  }
  const gaps = connectedAt.map((at, index) => Math.floor((at - (connectedAt[index - 1] ?? 0)) / 1_000));
  expect(gaps).toEqual([8, 16, 32, 64, 64, 64]);
  FakeSocket.last.say(WORD);
  await watch(player, 7);
  expect(FakeSocket.made).toHaveLength(7);
  await watch(player, 2);
  expect(FakeSocket.made).toHaveLength(8);
});

test('a message sent meanwhile goes over a new connection at once, and only once', async () => {
  const player = welcome(3_000);
  await watch(player, 4);
  expect(player.send({ type: 'buzz' })).toBe(true);
  expect(FakeSocket.made).toHaveLength(2);
  await join();
  expect(FakeSocket.made.map(({ sent }) => sent.slice(1))).toEqual([[], ['{"type":"buzz"}']]);
});

test('silence means nothing if the game did not announce that it talks, or has never said a word', async () => {
  const quiet = welcome();
  expect(new Set(await watch(quiet, 60))).toEqual(new Set(['joined']));
  FakeSocket.forget();
  const stranger = newPlayer({ quietAfter: 3_000 });
  await join();
  expect(new Set(await watch(stranger, 60))).toEqual(new Set(['joined']));
  expect(stranger.quietFor).toBeUndefined();
});

test('a page can read how long it has not heard from the host, across connections', async () => {
  const player = welcome();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(player.quietFor).toBe(2_500);
  FakeSocket.last.end(1006);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(player.quietFor).toBe(3_500);
});

test('a page that was frozen first reads the messages that came meanwhile', async () => {
  const player = welcome(3_000);
  const now = performance.now() + 60_000;
  vi.spyOn(performance, 'now').mockReturnValue(now);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(player.quietFor).toBe(60_000);
  expect(player.status.state).toBe('joined');
});

test('a page that has left is no longer watched', async () => {
  const player = welcome(3_000);
  player.close();
  await watch(player, 60);
  expect(player.status).toMatchObject({ state: 'ended', reason: { code: 'left' } });
  expect(vi.getTimerCount()).toBe(0);
});

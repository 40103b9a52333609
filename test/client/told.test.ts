// The relay says why it ends a connection that has asked: the client need not ask, and guests read words for guests.
import { expect, test, vi } from 'vitest';
import type { PartyPlayer } from '../../client/src/index.js';
import { ENDINGS } from '../../src/relay/rooms/endings.js';
import { newHost, newPlayer, newStore, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const OTHER_TAB = 'This game is open in another tab or window.';

async function tell(ending: string): Promise<void> {
  FakeSocket.last.end(4000, ending);
  await vi.advanceTimersByTimeAsync(0);
}

async function told(ending: string): Promise<PartyPlayer> {
  const player = newPlayer();
  FakeSocket.last.open();
  await tell(ending);
  return player;
}

test.each([
  ['no-such-code', 'No game is running under SNEK.'],
  ['not-authorized', 'This device may not join SNEK.'],
  ['id-taken', 'This player is already here, on another device or in another tab.'],
  ['bad-login', 'The connection was closed.'],
])('a login that is refused as %s ends the player with a sentence for guests', async (ending, text) => {
  const ask = vi.fn();
  vi.stubGlobal('fetch', ask);
  const { status } = await told(ending);
  expect(status).toMatchObject({ state: 'ended', reason: { code: ending, text, refused: true } });
  expect(ask).not.toHaveBeenCalled();
});

test.each(['room-full', 'too-many-pending', 'internal-error', 'an-ending-of-tomorrow'])(
  'a player that is refused as %s tries again',
  async (ending) => {
    const { status } = await told(ending);
    expect(status).toMatchObject({ state: 'waiting', reason: { code: ending } });
  },
);

test('no guest reads the sentence that the relay has for its operator', async () => {
  const operators = Object.entries(ENDINGS).map(([ending, { hint }]) => [ending, hint] as const);
  expect(operators.length).toBeGreaterThan(30);
  for (const [ending] of operators) {
    const { status } = await told(ending);
    expect(status.reason?.text).not.toMatch(/relay|device sent|WebSocket|JSON|\blog\b|node|HTTP|network/i);
  }
});

test('a player whose host has left waits for it', async () => {
  const player = newPlayer();
  FakeSocket.last.welcome();
  await tell('host-left');
  expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'host-away' } });
});

test('a page of minutes ago stops for the tab that took its place', async () => {
  const player = newPlayer();
  FakeSocket.last.welcome();
  await vi.advanceTimersByTimeAsync(61_000);
  await tell('replaced');
  expect(player.status).toMatchObject({ state: 'ended', reason: { code: 'replaced', text: OTHER_TAB } });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeSocket.made).toHaveLength(1);
});

test('a page that connected a moment ago takes its place back once: it may be its own late login', async () => {
  const host = newHost();
  FakeSocket.last.welcome();
  await tell('replaced');
  expect(FakeSocket.made).toHaveLength(2);
  FakeSocket.last.welcome({ stream: 's2' });
  expect(host.status.state).toBe('joined');
  await tell('replaced');
  expect(host.status).toMatchObject({ state: 'ended', reason: { text: OTHER_TAB } });
  host.retry();
  FakeSocket.last.welcome({ stream: 's3' });
  expect(host.status.state).toBe('joined');
});

test('of two tabs with one key exactly one goes on', async () => {
  const store = newStore();
  const tabs = [newPlayer({ store }), newPlayer({ store })];
  const [first, second] = FakeSocket.made as [FakeSocket, FakeSocket];
  for (const socket of [first, second]) socket.open();
  expect(first.asked['key']).toBe(second.asked['key']);
  let [seated, other] = [first, second];
  seated.welcome();
  // The relay gives the place to who comes last.
  for (let turn = 0; turn < 10; turn++) {
    other.welcome({ stream: `t${turn}` });
    seated.end(4000, 'replaced');
    await vi.advanceTimersByTimeAsync(0);
    if (FakeSocket.last.readyState !== 0) break;
    [seated, other] = [other, FakeSocket.last];
  }
  expect(tabs.map(({ status }) => status.state).sort()).toEqual(['ended', 'joined']);
});

test('a connection without its reason broke on the way: the client does not ask why', async () => {
  const ask = vi.fn();
  vi.stubGlobal('fetch', ask);
  const player = newPlayer();
  FakeSocket.last.welcome();
  FakeSocket.last.end(1005);
  await vi.advanceTimersByTimeAsync(0);
  expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'lost' } });
  expect(ask).not.toHaveBeenCalled();
});

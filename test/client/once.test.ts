// A message arrives once at most, however often the connection breaks, and nothing that waited is lost.
import { expect, test, vi } from 'vitest';
import type { PartyPlayer } from '../../client/src/index.js';
import { join, newPlayer, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const VOTE = '{"type":"vote"}';
const NO_SUCH_CODE = {
  ending: 'no-such-code',
  rule: 'L5',
  hint: 'No game is running under SNEK.',
  refused: true,
};

/** How often it was handed to a connection. */
function votes(): number {
  return FakeSocket.made.flatMap(({ sent }) => sent).filter((text) => text === VOTE).length;
}

/** The relay knows a reason, and says it to all who ask from now on. */
function relaySays(answer: object): void {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ at: new Date().toISOString(), ...answer })));
}

async function comeBack(player: PartyPlayer): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 60_000 });
  await join();
  expect(player.status.state).toBe('joined');
}

test.each([0, 100, 249, 300, 2_000])(
  'a message sent %i ms after the login arrives once, though the connection breaks right after it',
  async (afterMs) => {
    const player = newPlayer();
    FakeSocket.last.open();
    await vi.advanceTimersByTimeAsync(afterMs);
    expect(player.send({ type: 'vote' })).toBe(true);
    FakeSocket.last.end(1006);
    await comeBack(player);
    expect(votes()).toBe(1);
  },
);

test('a message in flight on a connection that the page replaced is not sent again, even if the next login is refused', async () => {
  const player = newPlayer();
  await join();
  player.send({ type: 'vote' });
  player.retry();
  relaySays(NO_SUCH_CODE);
  FakeSocket.last.open();
  FakeSocket.last.end(1005);
  await comeBack(player);
  expect(votes()).toBe(1);
});

test('messages queued while the party is away arrive when it is back, though each login until then is refused', async () => {
  const player = newPlayer();
  await join();
  FakeSocket.last.end(1006);
  player.send({ type: 'vote' });
  for (let refusals = 0; refusals < 5; refusals++) {
    await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 60_000 });
    FakeSocket.last.open();
    // The original relay cuts off those whom it refuses, and a client cannot tell that from a broken network.
    FakeSocket.last.end(1006);
    await vi.advanceTimersByTimeAsync(0);
  }
  expect(votes()).toBe(0);
  await comeBack(player);
  expect(votes()).toBe(1);
});

test('a message sent to a login that the relay refused late is sent again after the next', async () => {
  const player = newPlayer();
  await join();
  FakeSocket.last.say('{"say":"welcome"}');
  FakeSocket.last.end(1006);
  await comeBack(player);
  player.send({ type: 'vote' });
  relaySays(NO_SUCH_CODE);
  FakeSocket.last.end(1005);
  await comeBack(player);
  expect(votes()).toBe(2);
  expect(FakeSocket.last.sent.at(-1)).toBe(VOTE);
});

test('a refusal that ends the player keeps its queued messages for the next attempt', async () => {
  const player = newPlayer();
  player.send({ type: 'vote' });
  relaySays(NO_SUCH_CODE);
  FakeSocket.last.open();
  FakeSocket.last.end(1005);
  await vi.advanceTimersByTimeAsync(0);
  expect(player.status).toMatchObject({ state: 'ended', reason: { code: 'no-such-code' } });
  player.retry();
  await join();
  expect(FakeSocket.last.sent.at(-1)).toBe(VOTE);
});

test('a replaced connection is reset first, where the socket allows it, so that no message follows', async () => {
  const player = newPlayer();
  await join();
  const [old] = FakeSocket.made;
  const when: boolean[] = [];
  player.on('status', () => when.push(old?.wasTerminated ?? false, FakeSocket.made.length === 1));
  player.retry();
  expect(when.slice(0, 2)).toEqual([true, true]);
  const heard: unknown[] = [];
  player.on('message', (message) => heard.push(message));
  old?.say('{"say":"too late"}');
  await join();
  FakeSocket.last.say('{"say":"new"}');
  expect(heard).toEqual([{ say: 'new' }]);
});

test('a page that leaves sends its last messages before it closes', async () => {
  const player = newPlayer();
  await join();
  player.send({ type: 'vote' });
  player.close();
  expect(FakeSocket.last).toMatchObject({ wasTerminated: false, readyState: 3 });
  expect(votes()).toBe(1);
});

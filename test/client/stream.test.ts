// On a relay that knows streams each message arrives exactly once and in order, over all connections.
import { expect, test, vi } from 'vitest';
import type { PartyPlayer } from '../../client/src/index.js';
import { newHost, newPlayer, useHands } from './by-hand.js';
import { FakeSocket, PageSocket } from './fake-socket.js';

useHands();

/** A player whose login the relay has welcomed. */
function welcomed(options = {}): PartyPlayer {
  const player = newPlayer(options);
  FakeSocket.last.welcome();
  return player;
}

/** The connection breaks, and the next one is open. */
async function breakOff(): Promise<void> {
  FakeSocket.last.end(1006);
  await nextOpen();
}

async function nextOpen(): Promise<void> {
  await vi.waitFor(() => expect(FakeSocket.last.readyState).toBe(0), { timeout: 60_000 });
  FakeSocket.last.open();
}

/** What the last connection was given behind its login. */
function sent(): string[] {
  return FakeSocket.last.sent.slice(1);
}

function say(player: PartyPlayer, ...numbers: number[]): void {
  for (const n of numbers) player.send({ n });
}

test('a player has joined as soon as the relay welcomes it, without waiting for round trips', () => {
  const player = newPlayer();
  player.send({ n: 1 });
  FakeSocket.last.open();
  expect(player.status.state).toBe('connecting');
  FakeSocket.last.welcome();
  expect(player.status).toEqual({ state: 'joined' });
  expect(sent()).toEqual(['{"n":1}']);
});

test('the game does not get the welcome as a message', () => {
  const [player, host] = [newPlayer(), newHost()];
  const heard = vi.fn();
  player.on('message', heard);
  player.on('raw', heard);
  host.on('message', heard);
  for (const socket of FakeSocket.made) socket.welcome();
  expect([player.status.state, host.status.state]).toEqual(['joined', 'joined']);
  expect(heard).not.toHaveBeenCalled();
});

test('a player that comes back names its stream, and how many messages it has received', async () => {
  welcomed();
  const first = FakeSocket.last;
  expect(first.asked).toEqual({ key: expect.stringMatching(/^\d{40}$/) as string });
  for (const say of ['one', 'two', 'three']) first.say(JSON.stringify({ say }));
  first.word({ $relay: 'away' });
  first.word({ $relay: 'back', resumed: true });
  await breakOff();
  expect(FakeSocket.last.asked).toEqual({ key: first.asked['key'], stream: 's1', got: 5 });
  FakeSocket.last.welcome({ resumed: true });
  FakeSocket.last.say('{"say":"four"}');
  await breakOff();
  expect(FakeSocket.last.asked['got']).toBe(6);
});

test('exactly the messages that the relay has not taken are sent again, in order and before all others', async () => {
  const player = welcomed();
  say(player, 1, 2, 3);
  FakeSocket.last.end(1006);
  say(player, 4);
  await nextOpen();
  expect(sent()).toEqual([]);
  FakeSocket.last.welcome({ resumed: true, got: 1 });
  expect(sent()).toEqual(['{"n":2}', '{"n":3}', '{"n":4}']);
  expect(player.status).toEqual({ state: 'joined', resumed: true });
  say(player, 5);
  await breakOff();
  FakeSocket.last.welcome({ resumed: true, got: 3 });
  expect(sent()).toEqual(['{"n":4}', '{"n":5}']);
});

test('short-lived messages are counted, and not sent again', async () => {
  const player = welcomed();
  say(player, 1);
  player.sendIfOpen({ n: 2 });
  player.sendIfOpen({ n: 3 });
  say(player, 4);
  await breakOff();
  FakeSocket.last.welcome({ resumed: true, got: 2 });
  expect(sent()).toEqual(['{"n":4}']);
  await breakOff();
  FakeSocket.last.welcome({ resumed: true, got: 3 });
  expect(sent()).toEqual([]);
});

test('a player that asks to go on sends nothing before the relay answers, however long that takes', async () => {
  const player = welcomed();
  say(player, 1);
  await breakOff();
  say(player, 2);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(sent()).toEqual([]);
  expect(player.status.state).toBe('connecting');
  FakeSocket.last.welcome({ resumed: true });
  expect(sent()).toEqual(['{"n":1}', '{"n":2}']);
});

test('in a new stream nothing is sent twice: only what never left follows', async () => {
  const player = welcomed();
  FakeSocket.last.say('{"say":"one"}');
  say(player, 1, 2);
  FakeSocket.last.end(1006);
  say(player, 3);
  await nextOpen();
  FakeSocket.last.welcome({ stream: 's2' });
  expect(sent()).toEqual(['{"n":3}']);
  expect(player.status).toEqual({ state: 'joined' });
  await breakOff();
  expect(FakeSocket.last.asked).toMatchObject({ stream: 's2', got: 0 });
  FakeSocket.last.welcome({ stream: 's2', resumed: true });
  expect(sent()).toEqual(['{"n":3}']);
});

test.each([
  ['more than 256 messages', 257, 1],
  ['more than a mebibyte', 3, 400_000],
])('a player with %s that the relay has not taken begins a new stream', async (_, count, size) => {
  const player = welcomed();
  for (let n = 0; n < count; n++) player.send({ s: 'x'.repeat(size) });
  await breakOff();
  FakeSocket.last.welcome({ resumed: true });
  expect(sent()).toEqual([]);
  FakeSocket.last.open();
  expect(FakeSocket.last.asked).not.toHaveProperty('stream');
  FakeSocket.last.welcome({ stream: 's2' });
  expect(sent()).toEqual([]);
  expect(player.status.state).toBe('joined');
});

test('a player that sent thousands of messages goes on if the relay has taken all but the last ones', async () => {
  const player = welcomed();
  for (let n = 1; n <= 5_000; n++) player.send({ n });
  await breakOff();
  FakeSocket.last.welcome({ resumed: true, got: 4_998 });
  expect(sent()).toEqual(['{"n":4999}', '{"n":5000}']);
});

test('the relay may take its time for a first welcome: what was said meanwhile belongs to the stream', async () => {
  const player = newPlayer();
  FakeSocket.last.open();
  await vi.advanceTimersByTimeAsync(300);
  expect(player.status.state).toBe('joined');
  say(player, 1, 2);
  FakeSocket.last.welcome();
  FakeSocket.last.say('{"say":"hi"}');
  say(player, 3);
  await breakOff();
  expect(FakeSocket.last.asked).toMatchObject({ stream: 's1', got: 1 });
  FakeSocket.last.welcome({ resumed: true, got: 1 });
  expect(sent()).toEqual(['{"n":2}', '{"n":3}']);
});

test('a relay that was exchanged for one that does not answer gets a plain login after ten seconds', async () => {
  const player = welcomed();
  await breakOff();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(FakeSocket.made).toHaveLength(3);
  FakeSocket.last.open();
  expect(FakeSocket.last.asked).not.toHaveProperty('stream');
  await vi.advanceTimersByTimeAsync(300);
  expect(player.status.state).toBe('joined');
});

test('a welcome behind a message of the game is a message of the game', async () => {
  const player = newPlayer();
  const heard: unknown[] = [];
  player.on('message', (message) => heard.push(message));
  FakeSocket.last.open();
  FakeSocket.last.say('{"say":"hi"}');
  FakeSocket.last.welcome();
  expect(heard).toEqual([{ say: 'hi' }, expect.objectContaining({ $relay: 'welcome' })]);
  await breakOff();
  expect(FakeSocket.last.asked).not.toHaveProperty('stream');
});

test('a page closes the connection that it replaces only when the new one is welcomed: before, it would have left', async () => {
  const player = newPlayer({ WebSocket: PageSocket });
  FakeSocket.last.welcome();
  const old = FakeSocket.last;
  const heard: unknown[] = [];
  player.on('message', (message) => heard.push(message));
  player.retry();
  old.say('{"say":"not counted, so it comes again"}');
  FakeSocket.last.open();
  expect(FakeSocket.last.asked['got']).toBe(0);
  expect(old.readyState).toBe(1);
  FakeSocket.last.end(1006);
  await nextOpen();
  expect(old.readyState).toBe(1);
  FakeSocket.last.welcome({ resumed: true });
  expect(old.readyState).toBe(3);
  expect(heard).toEqual([]);
});

test('a page that leaves closes all its connections', () => {
  const player = newPlayer({ WebSocket: PageSocket });
  FakeSocket.last.welcome();
  player.retry();
  player.close();
  expect(FakeSocket.made.map(({ readyState }) => readyState)).toEqual([3, 3]);
  player.retry();
  FakeSocket.last.open();
  expect(FakeSocket.last.asked).not.toHaveProperty('stream');
});

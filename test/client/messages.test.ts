// What is said, in which order, and what becomes of it while there is no connection.
import { expect, test, vi } from 'vitest';
import { PartyPlayer, type Rejection } from '../../client/src/index.js';
import { COMMON, join, newHost, newPlayer, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';

useHands();

const LOGIN = /^{"action":"login_client","server_code":"SNEK","client_id":"467","\$relay":{"key":"\d{40}"}}$/;

test('the login is the first message of each connection, and queued messages follow once the login counts as accepted', async () => {
  const player = newPlayer();
  player.send({ say: 'one' });
  FakeSocket.last.open();
  expect(FakeSocket.last.sent).toEqual([expect.stringMatching(LOGIN)]);
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.end(1006);
  player.send({ say: 'two' });
  await vi.advanceTimersByTimeAsync(300);
  FakeSocket.last.open();
  // A message of the host proves the login.
  FakeSocket.last.say('{"say":"welcome"}');
  expect(FakeSocket.made.map(({ sent }) => sent)).toEqual([
    [expect.stringMatching(LOGIN), '{"say":"one"}'],
    [expect.stringMatching(LOGIN), '{"say":"two"}'],
  ]);
});

test('when too many messages are queued the oldest are dropped, and the game learns of it', async () => {
  const player = newPlayer({ queueLimit: 2 });
  expect([1, 2, 3].map((number) => player.send({ number }))).toEqual([true, true, false]);
  await join();
  expect(FakeSocket.last.sent.slice(1)).toEqual(['{"number":2}', '{"number":3}']);
});

test('a message marked as short-lived is sent now or never', async () => {
  const player = newPlayer();
  expect(player.sendIfOpen({ x: 1 })).toBe(false);
  await join();
  expect(player.sendIfOpen({ x: 2 })).toBe(true);
  FakeSocket.last.bufferedAmount = 100_000;
  expect(player.sendIfOpen({ x: 3 })).toBe(false);
  expect(FakeSocket.last.sent.slice(1)).toEqual(['{"x":2}']);
});

test('a page whose listener throws still receives the next messages', async () => {
  const player = newPlayer();
  const heard: unknown[] = [];
  const thrown = vi.fn();
  vi.stubGlobal('queueMicrotask', thrown);
  player.on('message', () => {
    throw new Error('a bug in the game');
  });
  const off = player.on('message', (message) => heard.push(message));
  await join();
  FakeSocket.last.say('{"say":"one","receiver_id":"467"}');
  off();
  FakeSocket.last.say('{"say":"two"}');
  expect(heard).toEqual([{ say: 'one' }]);
  expect(thrown).toHaveBeenCalledTimes(2);
});

test('a message that is not a JSON object arrives as it is: text, or bytes', async () => {
  const player = newPlayer();
  const raw: unknown[] = [];
  player.on('raw', (data) => raw.push(data));
  await join();
  const bytes = new ArrayBuffer(3);
  for (const data of ['plain text', '[1]', bytes]) FakeSocket.last.say(data);
  expect(raw).toEqual(['plain text', '[1]', bytes]);
  expect(FakeSocket.last.binaryType).toBe('arraybuffer');
});

test('a JSON object in a binary frame is a message too, since some engines write binary frames by default', () => {
  const [player, host] = [newPlayer(), newHost()];
  const heard: unknown[] = [];
  player.on('message', (message) => heard.push(message));
  player.on('raw', (data) => heard.push(data));
  host.on('message', (message, id) => heard.push({ ...message, id }));
  const notUtf8 = new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).buffer;
  for (const socket of FakeSocket.made) socket.open();
  const binary = (text: string): ArrayBufferLike => new TextEncoder().encode(text).buffer;
  FakeSocket.made[0]?.say(binary('{"say":"grüezi","receiver_id":"467"}'));
  FakeSocket.made[0]?.say(notUtf8);
  FakeSocket.made[1]?.say(binary('{"say":"hi","client_id":"467"}'));
  expect(heard).toEqual([{ say: 'grüezi' }, notUtf8, { say: 'hi', id: '467' }]);
});

/** An object with exactly that many bytes as JSON, each character of it three. */
function ofBytes(bytes: number): { s: string } {
  const rest = bytes - '{"s":""}'.length;
  return { s: '€'.repeat(Math.floor(rest / 3)) + 'x'.repeat(rest % 3) };
}

test('a message so large that the relay would end the party is not sent, and the page learns its size', async () => {
  const [player, host] = [newPlayer({ maxMessageSize: 1_000 }), newHost({ maxMessageSize: 1_000 })];
  const rejections: Rejection[] = [];
  player.on('rejected', (rejection) => rejections.push(rejection));
  host.on('rejected', (rejection) => rejections.push(rejection));
  const tries = (bytes: number): boolean[] => [
    player.send(ofBytes(bytes)),
    host.broadcast(ofBytes(bytes)),
    host.sendTo('467', ofBytes(bytes - ',"receiver_id":"467"'.length)),
  ];
  expect(tries(1_000)).toEqual([true, true, true]);
  expect(tries(1_001)).toEqual([false, false, false]);
  for (const socket of FakeSocket.made) socket.open();
  await vi.advanceTimersByTimeAsync(300);
  expect(tries(1_001)).toEqual([false, false, false]);
  expect([player.sendIfOpen(ofBytes(1_001)), host.sendToIfOpen('467', ofBytes(1_001))]).toEqual([
    false,
    false,
  ]);
  expect(FakeSocket.made.map(({ sent }) => sent.length)).toEqual([2, 3]);
  expect(rejections).toHaveLength(8);
  expect(rejections[0]).toEqual({
    code: 'too-large',
    text: 'This message is too large: 1,001 bytes, and 1,000 are allowed.',
    bytes: 1_001,
    limit: 1_000,
  });
});

test('a page without a listener finds the oversized message in its console', () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  expect(newPlayer().send({ png: 'A'.repeat(1024 * 1024) })).toBe(false);
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('too large: 1,048,586 bytes'));
});

test('a player that tries to send something other than an object gets an error at once', () => {
  const player: PartyPlayer<object, object> = new PartyPlayer(COMMON);
  expect(() => player.send([1, 2])).toThrow('must send an object');
  expect(() => player.sendIfOpen(new Date())).toThrow('must send an object');
});

test('a broadcast with a receiver_id is refused, since it would reach only one player', async () => {
  const host = newHost();
  await join();
  expect(() => host.broadcast({ receiver_id: '467' })).toThrow('use sendTo');
  expect(host.sendTo('467', { say: 'hi' })).toBe(true);
  expect(FakeSocket.last.sent.at(-1)).toBe('{"say":"hi","receiver_id":"467"}');
});

// Chapter B: host and players on different nodes, while nothing goes wrong.
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { useNodes } from './nodes.js';

const { nodes } = useNodes(3, '--max-players-per-room', '3');
const [a, b, c] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]];

test('[B2] a host on one node and players on all of them are one party', async () => {
  const host = await a.host();
  const players = [await a.player(host, '1'), await b.player(host, '2'), await c.player(host, '3')];
  for (const player of players) {
    player.send('{"speed":9}');
    expect(await host.next()).toBe(`{"speed":9,"client_id":"${player.id}"}`);
  }
  host.send('{"go":true}');
  for (const player of players) expect(await player.next()).toBe('{"go":true}');
  host.sendBinary('{"receiver_id":"3"}');
  expect(await players[2]?.next()).toEqual(Buffer.from('{"receiver_id":"3"}'));
  for (const player of players) await player.expectNothing();
});

test('[B1] a code that is held on one node is taken on every other', async () => {
  const host = await a.host();
  const second = await b.connect();
  second.send(loginHost(host.code));
  await b.expectEnded(second, 'code-taken', host.code);
  const player = await c.player(host, '1');
  host.send('still here');
  expect(await player.next()).toBe('still here');
});

test('[B3] a player on another node gets no message from before it joined, and every message after that', async () => {
  const host = await a.host();
  const first = await b.player(host, '1');
  host.send('before');
  const late = await b.connect();
  late.send(loginPlayer(host.code, '2'));
  expect(await host.next()).toBe(connectNotice('2'));
  for (let i = 0; i < 100; i++) host.send(`after ${i}`);
  expect(await first.next()).toBe('before');
  for (let i = 0; i < 100; i++) {
    expect(await first.next()).toBe(`after ${i}`);
    expect(await late.next()).toBe(`after ${i}`);
  }
});

test('[B9] a room is full on every node when it is full on its own', async () => {
  const host = await a.host();
  for (const [node, id] of [
    [a, '1'],
    [b, '2'],
    [c, '3'],
  ] as const)
    await node.player(host, id);
  const fourth = await b.connect();
  fourth.send(loginPlayer(host.code, '4'));
  await b.expectEnded(fourth, 'room-full', host.code, '4');
  await host.expectNothing();
});

test('[B10] a message of the largest size crosses both ways, and nothing overtakes it', async () => {
  const host = await a.host();
  const player = await b.player(host, '1');
  const large = `{"a":"${'x'.repeat(1024 * 1024 - 8)}"}`;
  for (const message of ['{"n":1}', large, '{"n":2}']) {
    player.send(message);
    host.send(message);
  }
  for (const message of ['{"n":1}', large, '{"n":2}']) {
    expect((await player.next()) === message).toBe(true);
    expect((await host.next()) === `${message.slice(0, -1)},"client_id":"1"}`).toBe(true);
  }
});

test('[B13] when a host leaves, its code is free on every node, and its players there are disconnected', async () => {
  const host = await a.host();
  const player = await b.player(host, '1');
  await host.leave();
  expect(await player.closed()).toEqual(silently);
  const next = await c.host(host.code);
  const again = await b.player(next, '1');
  await again.leave();
  expect(await next.next()).toBe(disconnectNotice('1'));
});

test.each(['*', '>', 'a.b', '', '\u{1F697}', '\\ud83d'].filter((code) => code !== ''))(
  '[B14] %s is a code like any other on every node',
  async (code) => {
    const spelled = code.startsWith('\\') ? code : JSON.stringify(code).slice(1, -1);
    const other = await c.host();
    const host = await a.connect();
    host.send(`{"action":"login_server","server_code":"${spelled}"}`);
    await host.fence();
    const player = await b.connect();
    player.send(`{"action":"login_client","server_code":"${spelled}","client_id":"\\udc00"}`);
    expect(await host.next()).toBe('{"action":"connect","client_id":"\\udc00"}');
    player.send('{}');
    expect(await host.next()).toBe('{"client_id":"\\udc00"}');
    await other.expectNothing();
  },
);

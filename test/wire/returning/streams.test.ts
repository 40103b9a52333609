// What both sides count, and what a return brings.
import { expect, test } from 'vitest';
import { connectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import { type StayingHost, goingOn, keyOf, stayingHost, stayingPlayer, wordsToHost } from './staying.js';

const relay = useRelay();

async function party(): Promise<{ host: StayingHost; player: Awaited<ReturnType<typeof stayingPlayer>> }> {
  const host = await stayingHost(relay, { grace: 60, hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  return { host, player };
}

test('[R16] both sides count what follows welcome and login, over all connections of the stream', async () => {
  const { host, player } = await party();
  for (let n = 1; n <= 3; n++) player.send({ n });
  host.send('one');
  await host.take(3);
  expect(await player.next()).toBe('one');
  player.vanish();
  await wordsToHost(host);
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 1));
  expect(next.welcome).toMatchObject({ resumed: true, got: 3 });
  next.send({ n: 4 });
  host.send('two');
  expect(await next.next()).toBe('two');
  await wordsToHost(host);
  await host.next();
  next.vanish();
  await wordsToHost(host);
  const last = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 2));
  expect(last.welcome).toMatchObject({ resumed: true, got: 4 });
});

test('[R16] notices, words of the relay and its answers to orders count for a host', async () => {
  const { host } = await party();
  host.send('{"$relay":"dance"}');
  await wordsToHost(host);
  await stayingPlayer(relay, host, '468');
  expect(await host.next()).toBe(connectNotice('468'));
  host.vanish();
  const next = await stayingHost(relay, goingOn(host.welcome, 3), host.code);
  expect(next.welcome).toMatchObject({ resumed: true, got: 1 });
  await next.expectNothing();
});

test('[R17] the relay forgets what a pong confirms, and refuses a count from before', async () => {
  const { host, player } = await party();
  host.send('one');
  expect(await player.next()).toBe('one');
  // The relay pings each second while something is unconfirmed.
  while (player.pings === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await player.fence();
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  expect(next.welcome).toMatchObject({ resumed: false });
});

test('[R18] what is missing follows the welcome, each message once, byte for byte, before what is new', async () => {
  const { host, player } = await party();
  const binary = Buffer.from([0, 255, 7]);
  for (const message of ['one', binary, '{"receiver_id":"467","n":3}', 'x'.repeat(70_000), 'five'])
    host.send(message);
  await player.take(2);
  player.vanish();
  await wordsToHost(host);
  host.send('six');
  await host.fence();
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 2));
  host.send('seven');
  expect(next.welcome).toMatchObject({ resumed: true });
  const missed = ['{"receiver_id":"467","n":3}', 'x'.repeat(70_000), 'five', 'six', 'seven'];
  expect(await next.take(5)).toEqual(missed);
  await next.expectNothing();
});

test.each([
  ['another stream', { stream: 'another-', got: 0 }],
  ['more messages than were sent', { got: 2 }],
  ['no number', {}],
])('[R19] a login with %s begins a new stream, in which nothing was said', async (_, wrong) => {
  const { host, player } = await party();
  host.send('one');
  expect(await player.next()).toBe('one');
  const wishes = { stream: player.welcome['stream'], ...wrong };
  const next = await stayingPlayer(relay, host, '467', wishes);
  expect(next.welcome).toMatchObject({ resumed: false, got: 0 });
  expect(next.welcome['stream']).not.toBe(player.welcome['stream']);
  expect(await wordsToHost(host)).toEqual({ $relay: 'back', client_id: '467', resumed: false });
  await next.expectNothing();
  await relay.expectParty(host, next);
});

test('[R20] a peer sends again what the relay has not taken, and the relay counts on', async () => {
  const { host, player } = await party();
  player.send({ n: 1 });
  expect(await host.next()).toBe('{"n":1,"client_id":"467"}');
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  expect(next.welcome).toMatchObject({ resumed: true, got: 1 });
  next.send({ n: 2 });
  expect(await host.next()).toBe('{"n":2,"client_id":"467"}');
  const last = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  expect(last.welcome).toMatchObject({ got: 2 });
});

test('[R21] a login with a wrong key changes nothing for the seat that it named', async () => {
  const { host, player } = await party();
  host.send('one');
  expect(await player.next()).toBe('one');
  const thief = await stayingPlayer(relay, host, '467', {
    ...goingOn(player.welcome, 0),
    key: keyOf('a thief'),
  });
  expect(thief.welcome).toMatchObject({ resumed: false });
  expect(await host.next()).toBe(connectNotice('467'));
  await player.expectNothing();
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 1));
  expect(next.welcome).toMatchObject({ resumed: true });
});

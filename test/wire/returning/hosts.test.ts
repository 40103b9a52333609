// A host that comes back to its room.
import { expect, test } from 'vitest';
import { silently } from '../../harness/connection.js';
import { loginHost, loginPlayer } from '../../harness/logins.js';
import { connectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import {
  goingOn,
  hostAsking,
  keyOf,
  stayingHost,
  stayingPlayer,
  wordsToHost,
  wordsToPlayer,
} from './staying.js';

const relay = useRelay();

test('[R22] the key of a host is that of its room, and of no other', async () => {
  const one = await stayingHost(relay);
  const other = await relay.connect();
  other.send(hostAsking(relay.code(), { key: keyOf(one.code) }));
  expect(await wordsToHost(other)).toMatchObject({ resumed: false });
  await one.expectNothing();
});

test('[R23] a host takes its room from a connection that is not known to be lost', async () => {
  const host = await stayingHost(relay);
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  const next = await stayingHost(relay, goingOn(host.welcome, 1), host.code);
  expect(next.welcome).toMatchObject({ resumed: true });
  expect((await host.closed()).code).toBe(1006);
  await relay.expectParty(next, player);
});

test('[R23] with another key, or none, the code is taken', async () => {
  const host = await stayingHost(relay, { hold: 60 });
  const other = await relay.connect();
  other.send(hostAsking(host.code, { key: keyOf('another') }));
  expect(await other.closed()).toEqual({ code: 4000, reason: 'code-taken' });
  host.vanish();
  const plain = await relay.connect();
  plain.send(loginHost(host.code));
  expect(await plain.closed()).toEqual(silently);
});

test('[R24] while a host is away its players stay, and nothing that they say is lost', async () => {
  const host = await stayingHost(relay, { hold: 60, grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const plain = await relay.connect();
  plain.send(loginPlayer(host.code, '468'));
  expect(await host.take(2)).toEqual([connectNotice('467'), connectNotice('468')]);
  host.vanish();
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'away' });
  player.send({ n: 1 });
  plain.send({ n: 2 });
  const late = await stayingPlayer(relay, host, '469');
  expect(late.welcome).toMatchObject({ host: 'away' });
  late.send({ n: 3 });
  const next = await stayingHost(relay, goingOn(host.welcome, 2), host.code);
  expect(await next.next()).toBe(connectNotice('469'));
  const said = await next.take(3);
  expect(said.map(String).sort()).toEqual([
    '{"n":1,"client_id":"467"}',
    '{"n":2,"client_id":"468"}',
    '{"n":3,"client_id":"469"}',
  ]);
});

test('[R25] players that have asked learn that the host is back, and nothing was lost', async () => {
  const host = await stayingHost(relay, { hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  host.vanish();
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'away' });
  const next = await stayingHost(relay, goingOn(host.welcome, 1), host.code);
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'back', resumed: true });
  await relay.expectParty(next, player);
});

test('[R26] a host that begins from nothing loses its players', async () => {
  const host = await stayingHost(relay, { hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const plain = await relay.connect();
  plain.send(loginPlayer(host.code, '468'));
  await host.take(2);
  host.vanish();
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'away' });
  const next = await stayingHost(relay, {}, host.code);
  expect(next.welcome).toMatchObject({ resumed: false });
  expect(await player.closed()).toEqual({ code: 4000, reason: 'host-left' });
  expect(await plain.closed()).toEqual(silently);
  await next.expectNothing();
});

test('[R26] a host that begins from nothing and keeps its players hears of each', async () => {
  const host = await stayingHost(relay, { hold: 60, grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const plain = await relay.connect();
  plain.send(loginPlayer(host.code, '468'));
  await host.take(2);
  plain.vanish();
  expect(await wordsToHost(host)).toEqual({ $relay: 'away', client_id: '468' });
  const next = await stayingHost(relay, { hold: 60, grace: 60, players: 'keep' }, host.code);
  expect(await host.closed()).toEqual({ code: 4000, reason: 'replaced' });
  expect(await next.take(2)).toEqual([connectNotice('467'), connectNotice('468')]);
  expect(await wordsToHost(next)).toEqual({ $relay: 'away', client_id: '468' });
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'back', resumed: false });
  await relay.expectParty(next, player);
});

test('[R27] when hold is over the room ends, and its code is free', async () => {
  const host = await stayingHost(relay, { hold: 1 });
  const player = await stayingPlayer(relay, host, '467');
  host.vanish();
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'away' });
  expect(await player.closed()).toEqual({ code: 4000, reason: 'host-left' });
  await relay.host(host.code);
});

test('[R28] a host that leaves ends its room at once', async () => {
  const host = await stayingHost(relay, { hold: 60 });
  const player = await stayingPlayer(relay, host, '467');
  await host.leave();
  expect(await player.closed()).toEqual({ code: 4000, reason: 'host-left' });
  await relay.host(host.code);
});

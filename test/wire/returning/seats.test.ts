// A player that comes back to its seat.
import { expect, test } from 'vitest';
import { type Connection, silently } from '../../harness/connection.js';
import { loginPlayer } from '../../harness/logins.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import {
  goingOn,
  keyOf,
  playerAsking,
  stayingHost,
  stayingPlayer,
  wordsToHost,
  wordsToPlayer,
} from './staying.js';

const relay = useRelay();

const away = { $relay: 'away', client_id: '467' };
const back = (resumed: boolean) => ({ $relay: 'back', client_id: '467', resumed });

test('[R8] a player takes its seat from a living connection of the same stream, which is reset', async () => {
  const host = await relay.host();
  const old = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  const next = await stayingPlayer(relay, host, '467', goingOn(old.welcome, 0));
  expect(next.welcome).toMatchObject({ stream: old.welcome['stream'], resumed: true });
  expect((await old.closed()).code).toBe(1006);
  await relay.logs.ending('taken-over', host.code, '467');
  await relay.expectParty(host, next);
  await host.expectNothing();
});

test('[R8] another page with the key takes the seat, and the one before learns it', async () => {
  const host = await stayingHost(relay);
  const old = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  const next = await stayingPlayer(relay, host, '467');
  expect(next.welcome).toMatchObject({ resumed: false });
  expect(await old.closed()).toEqual({ code: 4000, reason: 'replaced' });
  expect(await wordsToHost(host)).toEqual(back(false));
  await relay.expectParty(host, next);
});

test('[R9] a lost player keeps its seat for its grace, and then the host gets the notice', async () => {
  const host = await stayingHost(relay, { grace: 1 });
  const player = await stayingPlayer(relay, host, '467');
  player.vanish();
  expect(await host.next()).toBe(connectNotice('467'));
  expect(await wordsToHost(host)).toEqual(away);
  expect(await host.next()).toBe(disconnectNotice('467'));
});

const LOSSES: Readonly<Record<string, (player: Connection) => unknown>> = {
  'a reset': (player) => player.vanish(),
  'the end of TCP': (player) => player.halfClose(),
  'close status 1001': (player) => player.leave(1001),
};

test.each(Object.entries(LOSSES))('[R10] a connection that ends by %s is lost', async (_, lose) => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  await lose(player);
  expect(await wordsToHost(host)).toEqual(away);
});

test.each([undefined, 1000, 4321])('[R10] a player that closes with status %s has left', async (code) => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  await player.leave(code);
  expect(await host.take(2)).toEqual([connectNotice('467'), disconnectNotice('467')]);
});

test('[R10] a player that the relay ends for what it did has left', async () => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  player.send('not JSON');
  expect(await host.take(2)).toEqual([connectNotice('467'), disconnectNotice('467')]);
});

test('[R11] a host learns that a seat is taken again, between the last message and the next', async () => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  player.send({ n: 1 });
  expect(await host.take(2)).toEqual([connectNotice('467'), '{"n":1,"client_id":"467"}']);
  player.vanish();
  expect(await wordsToHost(host)).toEqual(away);
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  next.send({ n: 2 });
  expect(await wordsToHost(host)).toEqual(back(true));
  expect(await host.next()).toBe('{"n":2,"client_id":"467"}');
  next.vanish();
  expect(await wordsToHost(host)).toEqual(away);
  await stayingPlayer(relay, host, '467');
  expect(await wordsToHost(host)).toEqual(back(false));
});

test('[R12] a player without a key takes its seat by its id', async () => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await relay.player(host, '467');
  player.vanish();
  expect(await wordsToHost(host)).toEqual(away);
  const next = await relay.connect();
  next.send(loginPlayer(host.code, '467'));
  expect(await wordsToHost(host)).toEqual(back(false));
  await relay.expectParty(host, Object.assign(next, { id: '467' }));
});

test('[R12] a seat with a key is not taken without it', async () => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  player.vanish();
  expect(await wordsToHost(host)).toEqual(away);
  const thief = await relay.connect();
  thief.send(loginPlayer(host.code, '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  const other = await relay.connect();
  other.send(playerAsking(host.code, '467', { key: keyOf('another') }));
  await wordsToPlayer(other);
  expect(await host.next()).toBe(connectNotice('467'));
});

test('[R13] with unique a login takes the seat of a living player that has no key', async () => {
  const host = await stayingHost(relay, { unique: true });
  const player = await relay.player(host, '467');
  const next = await relay.connect();
  next.send(loginPlayer(host.code, '467'));
  expect(await wordsToHost(host)).toEqual(back(false));
  expect(await player.closed()).toEqual(silently);
  await relay.expectParty(host, Object.assign(next, { id: '467' }));
});

test('[R13] with unique an id whose seat has a key is taken', async () => {
  const host = await stayingHost(relay, { unique: true, grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const plain = await relay.connect();
  plain.send(loginPlayer(host.code, '467'));
  expect(await plain.closed()).toEqual(silently);
  const other = await relay.connect();
  other.send(playerAsking(host.code, '467', { key: keyOf('another') }));
  expect(await other.closed()).toEqual({ code: 4000, reason: 'id-taken' });
  expect(await host.next()).toBe(connectNotice('467'));
  await relay.expectParty(host, player);
});

test('[R14] what is sent to a seat that is away waits for the player that has a key', async () => {
  const host = await stayingHost(relay, { grace: 60 });
  const player = await stayingPlayer(relay, host, '467');
  const plain = await relay.connect();
  plain.send(loginPlayer(host.code, '468'));
  expect(await host.take(2)).toEqual([connectNotice('467'), connectNotice('468')]);
  for (const lost of [player, plain]) lost.vanish();
  for (let n = 0; n < 2; n++) await wordsToHost(host);
  host.send('to all');
  host.send('{"receiver_id":"467"}');
  await host.fence();
  const next = await stayingPlayer(relay, host, '467', goingOn(player.welcome, 0));
  expect(await next.take(2)).toEqual(['to all', '{"receiver_id":"467"}']);
  const again = await relay.connect();
  again.send(loginPlayer(host.code, '468'));
  for (let n = 0; n < 2; n++) await wordsToHost(host);
  await again.expectNothing();
});

test('[R15] a host that has not asked sees no return, and a new stream as another player', async () => {
  const host = await relay.host();
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  const page = await stayingPlayer(relay, host, '467');
  expect(await host.take(2)).toEqual([disconnectNotice('467'), connectNotice('467')]);
  expect(await player.closed()).toEqual({ code: 4000, reason: 'replaced' });
  page.vanish();
  expect(await host.next()).toBe(disconnectNotice('467'));
});

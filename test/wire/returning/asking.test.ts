// How a peer asks the relay to speak to it, and what it hears.
import { expect, test } from 'vitest';
import { silently } from '../../harness/connection.js';
import { loginPlayer } from '../../harness/logins.js';
import { connectNotice } from '../../harness/notices.js';
import { useRelay } from '../../harness/relay.js';
import {
  hostAsking,
  keyOf,
  playerAsking,
  stayingHost,
  stayingPlayer,
  wordsToHost,
  wordsToPlayer,
} from './staying.js';

const relay = useRelay();

test.each([null, true, 'yes', 7, []])(
  '[R1] %j as $relay is a member that the protocol does not know',
  async ($relay) => {
    const code = relay.code();
    const host = await relay.connect();
    host.send(hostAsking(code, $relay));
    await host.expectNothing();
    const player = await relay.connect();
    player.send(playerAsking(code, '467', $relay));
    expect(await host.next()).toBe(connectNotice('467'));
    await player.expectNothing();
  },
);

test.each([
  [{ key: 'too short' }],
  [{ key: 'x'.repeat(129) }],
  [{ key: 12345678901234567890 }],
  [{ key: null }],
  [{ stream: 7 }],
  [{ got: -1 }],
  [{ got: 1.5 }],
  [{ got: '1' }],
])('[R2] a player that asks for %j is refused, and told so', async ($relay) => {
  const host = await relay.host();
  const player = await relay.connect();
  player.send(playerAsking(host.code, '467', $relay));
  expect(await player.closed()).toEqual({ code: 4000, reason: 'bad-login' });
  await host.expectNothing();
});

test.each([[{ grace: '20' }], [{ grace: -1 }], [{ hold: true }], [{ unique: 1 }], [{ players: 'leave' }]])(
  '[R2] a host that asks for %j is refused, and told so',
  async ($relay) => {
    const host = await relay.connect();
    host.send(hostAsking(relay.code(), $relay));
    expect(await host.closed()).toEqual({ code: 4000, reason: 'bad-login' });
  },
);

test('[R2] the relay ignores a wish that it does not know', async () => {
  const host = await stayingHost(relay, { tea: 'please', grace: 20.5 });
  expect(host.welcome).toMatchObject({ $relay: 'welcome', grace: 20.5 });
});

test('[R3] a welcome is the first message, and tells what was granted', async () => {
  const code = relay.code();
  const host = await stayingHost(relay, { grace: 20, hold: 9999, unique: true }, code);
  const stream: unknown = expect.stringMatching(/^[\w-]{8}$/);
  expect(host.welcome).toEqual({
    ...{ $relay: 'welcome', server_code: code, stream, resumed: false, got: 0 },
    ...{ grace: 20, hold: 120, unique: true },
  });
  const player = await stayingPlayer(relay, host, '467');
  expect(player.welcome).toEqual({ $relay: 'welcome', stream, resumed: false, got: 0, grace: 20 });
  expect(await host.next()).toBe(connectNotice('467'));
});

test('[R3] a peer that asks for nothing has a welcome without a stream', async () => {
  const host = await relay.connect();
  const code = relay.code();
  host.send(hostAsking(code, {}));
  const words = {
    $relay: 'welcome',
    server_code: code,
    resumed: false,
    got: 0,
    grace: 0,
    hold: 0,
    unique: false,
  };
  expect(await wordsToHost(host)).toEqual(words);
  const player = await relay.connect();
  player.send(playerAsking(code, '467', {}));
  expect(await wordsToPlayer(player)).toEqual({ $relay: 'welcome', resumed: false, got: 0, grace: 0 });
});

test('[R4] what a player sends like words of the relay reaches the host as text', async () => {
  const host = await stayingHost(relay);
  const player = await stayingPlayer(relay, host, '467');
  expect(await host.next()).toBe(connectNotice('467'));
  player.send(Buffer.from('{"$relay":"away"}'));
  expect(await host.next()).toBe('{"$relay":"away","client_id":"467"}');
});

test('[R5] a peer that has asked learns why its login is refused', async () => {
  const player = await relay.connect();
  player.send(playerAsking(relay.code(), '467', {}));
  expect(await player.closed()).toEqual({ code: 4000, reason: 'no-such-code' });
  const holder = await stayingHost(relay);
  const host = await relay.connect();
  host.send(hostAsking(holder.code, {}));
  expect(await host.closed()).toEqual({ code: 4000, reason: 'code-taken' });
});

test('[R5] a peer that has asked learns why its session ends, and one beside it that has not does not', async () => {
  const host = await stayingHost(relay);
  const asking = await stayingPlayer(relay, host, '467');
  const plain = await relay.connect();
  plain.send(loginPlayer(host.code, '468'));
  expect(await host.take(2)).toEqual([connectNotice('467'), connectNotice('468')]);
  await host.leave();
  expect(await asking.closed()).toEqual({ code: 4000, reason: 'host-left' });
  expect(await plain.closed()).toEqual(silently);
  const fool = await stayingPlayer(relay, await relay.host(), '467');
  fool.send('not JSON');
  expect(await fool.closed()).toEqual({ code: 4000, reason: 'not-json' });
});

test('[R6] an order reaches no player, and the relay answers one that it does not know', async () => {
  const host = await stayingHost(relay);
  const player = await relay.player(host, '467');
  host.send('{"$relay":"dance","client_id":"467"}');
  const text = 'There is no order dance.';
  expect(await wordsToHost(host)).toEqual({ $relay: 'error', order: 'dance', text });
  host.send('{"$relay":"dance"');
  expect(await wordsToHost(host)).toEqual({ $relay: 'error', text: 'This order is not JSON.' });
  await player.expectNothing();
});

test('[R6] a host that has not asked may send the same bytes to its players', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  host.send('{"$relay":"away"}');
  expect(await player.next()).toBe('{"$relay":"away"}');
  await host.expectNothing();
});

test('[R7] no peer gets the key of another', async () => {
  const host = await stayingHost(relay, { grace: 20 });
  const player = await stayingPlayer(relay, host, '467');
  player.send({ hello: 1 });
  player.vanish();
  const heard = [...(await host.take(2)), JSON.stringify(await wordsToHost(host))].join();
  expect(heard).not.toContain(keyOf('467'));
  expect(relay.logs.lines.map(({ text }) => text).join()).not.toContain(keyOf('467'));
});

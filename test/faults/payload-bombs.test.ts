// Fault 7: payloads that are made to hurt their reader, as first messages and as messages of players.
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { forwardTimes, Latencies } from '../harness/latencies.js';
import { disconnectNotice } from '../harness/notices.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { loginPlayer, useRelay } from '../harness/relay.js';
import { stamped } from '../harness/stamp.js';

const relay = useRelay();

const MIB = 1_048_576;

function ofKeys(count: number, key: (n: number) => string): string {
  return `{${Array.from({ length: count }, (_, n) => `${key(n)}:${n}`).join(',')}}`;
}

/** Accepted, and what comes to the host is computed the plain way. */
const harmless: [string, string][] = [
  ['60,000 members', ofKeys(60_000, (n) => `"k${n}"`)],
  ['60,000 members of one name', ofKeys(60_000, () => '"a"')],
  ['members that fall into one bucket of a hash table', ofKeys(10_000, (n) => `"${n * 65_536}"`)],
  ['a number of 100,000 digits', `{"n":${'9'.repeat(100_000)}}`],
  ['a number with 100,000 decimals', `{"n":0.${'1'.repeat(100_000)}e-99999}`],
  [
    '__proto__, constructor and prototype',
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  ],
  ['__proto__ in escapes', '{"\\u005f_proto__":{"client_id":"another"}}'],
  ['toString and hasOwnProperty', '{"toString":0,"hasOwnProperty":null,"valueOf":[]}'],
  ['a NUL in escapes', '{"\\u0000":"\\u0000"}'],
  ['lone surrogates in escapes', '{"\\ud800":"\\udc00","a":"\\ud83d"}'],
  ['a BOM within a string', '{"\ufeff":"\ufeff"}'],
  ['1,024 levels', `{"a":${'['.repeat(1_023)}${']'.repeat(1_023)}}`],
  ['a megabyte of quotes', `{"a":"${'\\"'.repeat(500_000)}"}`],
  ['a megabyte of escapes', `{"a":"${'\\u0041'.repeat(170_000)}"}`],
  ['a megabyte of white space', `{${' '.repeat(1_000_000)}}`],
  ['half a megabyte of client_id', `{"a":1${',"client_id":"x"'.repeat(33_000)}}`],
];
test.each(harmless)('[P11] a message with %s is a message like any other', async (what, payload) => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  player.send(payload);
  const plain = what.endsWith('client_id') ? '{"a":1}' : payload;
  expect((await host.next()) === stamped(plain, '467')).toBe(true);
  await forwardTimes(host, player, 1);
});

const bombs: [string, string | Buffer, string][] = [
  ['half a million levels', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`, 'too-deep'],
  ['a million levels without an end', `{"a":${'['.repeat(1_000_000)}`, 'not-json'],
  ['objects in objects', `${'{"a":'.repeat(100_000)}0${'}'.repeat(100_000)}`, 'too-deep'],
  ['a BOM in front', '\ufeff{}', 'not-json'],
  ['a NUL in a string', '{"a":"\u0000"}', 'not-json'],
  ['a NUL behind', '{}\u0000', 'not-json'],
  ['two objects', '{}{}', 'not-json'],
  ['a surrogate as bytes', Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), 'not-json'],
  ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), 'not-json'],
  ['a megabyte of minus signs', `{"a":${'-'.repeat(1_000_000)}}`, 'not-json'],
  ['a string without an end', `{"a":"${'x'.repeat(1_000_000)}`, 'not-json'],
  ['a megabyte of backslashes', `{"a":"${'\\'.repeat(1_000_001)}"}`, 'not-json'],
];
test.each(bombs)('[P8] %s ends the player that sends it, and no other', async (_, payload, ending) => {
  const host = await relay.host();
  const friend = await relay.player(host, 'friend');
  const bomber = await relay.player(host, 'bomber');
  bomber.send(Buffer.from(payload));
  await relay.expectEnded(bomber, ending, host.code, 'bomber');
  expect(await host.next()).toBe(disconnectNotice('bomber'));
  await forwardTimes(host, friend, 1);
});

test('[P10] no payload blocks the relay for longer than its length explains', async () => {
  const host = await relay.host();
  const friend = await relay.player(host, 'friend');
  const other = await relay.host();
  const undisturbed = await forwardTimes(host, friend, 50);
  const disturbed = new Latencies();
  for (const [, payload] of [...harmless, ...bombs]) {
    const bomber = await relay.player(other, 'bomber');
    bomber.send(Buffer.from(payload));
    disturbed.addAll(await forwardTimes(host, friend, 5));
    bomber.vanish();
    while ((await other.next()) !== disconnectNotice('bomber'));
  }
  disturbed.expectNear(undisturbed, 3);
});

/** Members that a login may have besides its own, within the 8 KiB of a first message. */
const ignored = harmless.filter(([, payload]) => payload.length < 8_000);
test.each(ignored)('[L9] a login that also has %s is a login', async (_, payload) => {
  const host = await relay.host();
  const login = loginPlayer(host.code, '467').replace('{', `${payload.slice(0, -1)},`);
  const player = await relay.connect();
  player.send(login);
  expect(await host.next()).toBe('{"action":"connect","client_id":"467"}');
  await player.expectNothing();
});

test('[L8] a payload that ends a player also ends a connection before its login', async () => {
  for (const [, payload] of bombs) {
    const stranger = await relay.connect();
    stranger.send(Buffer.from(payload));
    expect(await stranger.closed()).toEqual(silently);
  }
});

test('[L8] names that every JavaScript object has do not count as members of a login', async () => {
  const logins = [
    '{"__proto__":{"action":"login_server","server_code":"SNEK"}}',
    '{"action":"login_server","__proto__":{"server_code":"SNEK"}}',
    '{"action":"constructor","server_code":"SNEK"}',
    '{"action":"__proto__","server_code":"SNEK"}',
    '{"action":"toString"}',
    '{"action":{"toString":"login_server"},"server_code":"SNEK"}',
    '{"action":"login_server","server_code":{"length":4}}',
    '{"action":["login_server"],"server_code":["SNEK"]}',
  ];
  for (const login of logins) {
    const stranger = await relay.connect();
    stranger.send(login);
    await relay.expectEnded(stranger, 'bad-login');
  }
});

test.each(['__proto__', 'constructor', 'toString', '', ' ', '\u0000', '\ufeff', '💥'])(
  '[L7] a party with the code %j, and players of that name, work like any other',
  async (name) => {
    const code = name === '' ? '\u0001' : name;
    const id = name === '' ? '0' : name;
    const host = await relay.host(code);
    const player = await relay.player(host, id);
    host.send(JSON.stringify({ receiver_id: id, n: 1 }));
    expect(await player.next()).toBe(JSON.stringify({ receiver_id: id, n: 1 }));
    await forwardTimes(host, player, 1);
    await host.leave();
    await relay.expectEnded(player, 'host-left');
  },
);

test('[E12] peers that announce or send an oversized message cost less than a megabyte each', async () => {
  const host = await relay.host();
  const players = [];
  for (let n = 0; n < 60; n++) players.push(await relay.player(host, `player ${n}`));
  const memory = new MemoryGauge(relay.program);
  for (const player of players) player.send('x'.repeat(2 * MIB));
  for (const player of players) await player.closed();
  expect(memory.look()).toBeLessThan(60);
});

// Chapter L of SPEC.md, on the wire: who becomes a host or a player.
import { expect, test } from 'vitest';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';
import { connectNotice } from '../harness/notices.js';

const relay = useRelay();

test.each(['/', '/ws', '/a/b?x=1', '//', '/%F0%9F%9A%97', '/?', '/ws/?server_code=X&server_code=Y'])(
  '[L1] a connection is accepted on the path %s',
  async (path) => {
    const code = relay.code();
    const host = await relay.connect(path);
    host.send(loginHost(code));
    await host.loggedIn();
    const player = await relay.connect(path);
    player.send(loginPlayer(code, '467'));
    expect(await host.next()).toBe(connectNotice('467'));
    player.send('{"a":1}');
    expect(await host.next()).toBe('{"a":1,"client_id":"467"}');
  },
);

test('[L2] a host that names a free code stays, hears nothing, and can be joined', async () => {
  const host = await relay.host();
  await host.expectNothing();
  await relay.player(host, '467');
});

test('[L3] a host that asks for a taken code is disconnected, and the first host keeps its party', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const second = await relay.connect();
  second.send(loginHost(host.code));
  await relay.expectEnded(second, 'code-taken', host.code);

  await host.expectNothing();
  await player.expectNothing();
  player.send('{"a":1}');
  expect(await host.next()).toBe('{"a":1,"client_id":"467"}');
  host.send('still here');
  expect(await player.next()).toBe('still here');
  await relay.player(host, '468');
});

test('[L4] a player that names the code of a host joins its room, and hears nothing about it', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467123746');
  await player.expectNothing();
  host.send('hello');
  expect(await player.next()).toBe('hello');
});

test('[L5] a player that names a code without a host is disconnected', async () => {
  const code = relay.code();
  const player = await relay.connect();
  player.send(loginPlayer(code, '467'));
  await relay.expectEnded(player, 'no-such-code', code, '467');
});

test('[L6] two players of one room may have the same id', async () => {
  const host = await relay.host();
  const first = await relay.player(host, '467');
  const second = await relay.player(host, '467');
  for (const player of [first, second]) {
    player.send('{"a":1}');
    expect(await host.next()).toBe('{"a":1,"client_id":"467"}');
  }
});

const lawful: [string, string, string][] = [
  ['256 and 1,024 bytes', 'x'.repeat(256), 'y'.repeat(1_024)],
  ['256 and 1,024 bytes of emoji', '🚗'.repeat(64), '🎉'.repeat(256)],
  ['256 and 1,024 bytes that JSON writes as six each', '\x01'.repeat(256), '\x02'.repeat(1_024)],
  ['one byte', '7', '8'],
  ['a space and a zero byte', ' ', '\0'],
  ['names that objects inherit', '__proto__', 'constructor'],
  ['wildcards of brokers', '*.>', '#/+'],
  ['right to left, combining, line separator', 'שלום\u202e', 'e\u0301\u2028'],
];
test.each(lawful)('[L7] a code and an id may be %s', async (_, code, id) => {
  const host = await relay.host(code);
  const player = await relay.player(host, id);
  host.send({ receiver_id: id });
  expect(await player.next()).toBe(JSON.stringify({ receiver_id: id }));
});

test('[L7] codes are case sensitive', async () => {
  const upper = await relay.host(relay.code());
  const lower = await relay.host(upper.code.toLowerCase());
  await relay.player(lower, '467');
  await upper.expectNothing();
});

const unlawful: [string, string, string | undefined][] = [
  ['an empty code', '', undefined],
  ['a code of 257 bytes', 'x'.repeat(257), undefined],
  ['a code of 65 emoji', '🚗'.repeat(65), undefined],
  ['an empty id', 'any', ''],
  ['an id of 1,025 bytes', 'any', 'y'.repeat(1_025)],
  ['an id of 513 letters of two bytes', 'any', 'é'.repeat(513)],
];
test.each(unlawful)('[L7] a login with %s is refused', async (_, code, id) => {
  const taken = code === 'any' ? (await relay.host()).code : code;
  const connection = await relay.connect();
  connection.send(id === undefined ? loginHost(taken) : loginPlayer(taken, id));
  await relay.expectEnded(connection, 'bad-login');
});

test('[L9] members of a login that the protocol does not know are ignored', async () => {
  const extra =
    '"__proto__":{"action":"x"},"constructor":1,"receiver_id":"1","deep":[[{"action":2}]],"version":9';
  const code = relay.code();
  const host = await relay.connect();
  host.send(`{${extra},"action":"login_server","server_code":"${code}","client_id":7}`);
  await host.loggedIn();
  const player = await relay.connect();
  player.send(`{"action":"login_client","server_code":"${code}","client_id":"467",${extra}}`);
  expect(await host.next()).toBe(connectNotice('467'));
});

test('[L10] host and player may log in with binary frames', async () => {
  const code = relay.code();
  const host = await relay.connect();
  host.sendBinary(loginHost(code));
  await host.loggedIn();
  const player = await relay.connect();
  player.sendBinary(loginPlayer(code, '467'));
  expect(await host.next()).toBe(connectNotice('467'));
});

test('[L12] a login after the login is a message like any other', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  player.send(loginPlayer(host.code, '999'));
  expect(await host.next()).toBe(`{"action":"login_client","server_code":"${host.code}","client_id":"467"}`);
  player.send(loginHost('ELSE'));
  expect(await host.next()).toBe('{"action":"login_server","server_code":"ELSE","client_id":"467"}');
  host.send(loginHost('ELSE'));
  expect(await player.next()).toBe(loginHost('ELSE'));
  const stranger = await relay.connect();
  stranger.send(loginPlayer('ELSE', '1'));
  await relay.expectEnded(stranger, 'no-such-code', 'ELSE');
});

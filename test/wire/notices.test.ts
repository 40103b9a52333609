// Chapter N of SPEC.md, on the wire: what a host learns about its players.
import { expect, test } from 'vitest';
import { clientFrame } from '../harness/frames.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer, useRelay, type Player } from '../harness/relay.js';

const relay = useRelay();

const ids = [
  '467',
  'two words',
  '"quoted"',
  'back\\slash',
  '\0\b\n\x1f\x7f',
  '🚗',
  '\u2028',
  '__proto__',
  '</script>',
];

test.each(ids)('[N1] the host gets a notice that %j has joined, byte for byte', async (id) => {
  const host = await relay.host();
  const player = await relay.connect();
  player.send(loginPlayer(host.code, id));
  expect(await host.next()).toBe(connectNotice(id));
});

test.each(ids)('[N2] the host gets a notice that %j has left, byte for byte', async (id) => {
  const host = await relay.host();
  const player = await relay.player(host, id);
  await player.leave();
  expect(await host.next()).toBe(disconnectNotice(id));
});

const ways: [string, (player: Player) => unknown][] = [
  ['closes with 1000', (player) => player.leave(1000)],
  ['closes with 1001, as a page that is left', (player) => player.leave(1001)],
  ['closes with 4999', (player) => player.leave(4999)],
  ['closes without a status', (player) => player.leave()],
  ['is reset', (player) => player.vanish()],
  ['ends its TCP connection without a close frame', (player) => player.halfClose()],
  ['sends what is not JSON', (player) => player.send('x')],
  ['sends an array', (player) => player.send('[]')],
  ['nests too deep', (player) => player.send(`{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`)],
  ['sends too much', (player) => player.send({ a: 'x'.repeat(1_048_576) })],
  ['breaks RFC 6455', (player) => player.breakProtocol()],
];

test.each(ways)('[N2] a player that %s has one disconnect, after its last message', async (_, go) => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  player.send('{"n":1}');
  player.send('{"n":2}');
  await player.fence();
  await go(player);
  expect(await host.take(3)).toEqual([
    '{"n":1,"client_id":"467"}',
    '{"n":2,"client_id":"467"}',
    disconnectNotice('467'),
  ]);
  await player.closed();
  await host.expectNothing();
});

test('[N3] players that share an id have a connect and a disconnect each', async () => {
  const host = await relay.host();
  const players = [
    await relay.player(host, '467'),
    await relay.player(host, '467'),
    await relay.player(host, '467'),
  ];
  for (const player of players.slice(1)) {
    await player.leave();
    expect(await host.next()).toBe(disconnectNotice('467'));
  }
  host.send({ receiver_id: '467' });
  expect(await players[0]?.next()).toBe('{"receiver_id":"467"}');
  await players[0]?.leave();
  expect(await host.next()).toBe(disconnectNotice('467'));
  await host.expectNothing();
});

test('[N3] a hundred players that come and go at once have a connect and a disconnect each', async () => {
  const host = await relay.host();
  const comeAndGo = async (n: number): Promise<void> => {
    const player = await relay.connect();
    player.send(loginPlayer(host.code, `id${n}`));
    if (n % 2) await player.fence();
    if (n % 3 === 0) player.send('oops');
    else if (n % 3 === 1) await player.leave();
    else player.halfClose();
    await player.closed();
  };
  await Promise.all(Array.from({ length: 100 }, (_, n) => comeAndGo(n)));
  const notices = (await host.take(200)).map(String);
  for (let n = 0; n < 100; n++) {
    const own = notices.filter((notice) => notice.includes(`"id${n}"`));
    expect(own).toEqual([connectNotice(`id${n}`), disconnectNotice(`id${n}`)]);
  }
  await host.expectNothing();
});

test('[N4] connect, messages and disconnect come in this order, also when all are sent in one segment', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(
    loginPlayer(host.code, '467'),
    '{"n":1}',
    '{"n":2}',
    'oops',
    '{"n":3}',
  );
  expect(await host.take(4)).toEqual([
    connectNotice('467'),
    '{"n":1,"client_id":"467"}',
    '{"n":2,"client_id":"467"}',
    disconnectNotice('467'),
  ]);
  await player.rest();
  await host.expectNothing();
});

test('[N5] a refused connection causes no notice', async () => {
  const host = await relay.host();
  const refused = [
    loginHost(host.code),
    loginPlayer(`${host.code} `, '467'),
    loginPlayer(host.code, ''),
    loginPlayer(host.code, 'x'.repeat(1_025)),
    `{"action":"login_client","server_code":"${host.code}","client_id":467}`,
    'hello',
  ];
  for (const first of refused) {
    const connection = await relay.connect();
    connection.send(first);
    await connection.closed();
  }
  const broken = await relay.rawUpgraded();
  broken.write(clientFrame(loginPlayer(host.code, '467'), { masked: false }));
  await broken.rest();
  const silent = await relay.connect();
  await silent.leave();
  await host.expectNothing();
});

// Chapter E of SPEC.md, on the wire: what happens when a peer leaves or is ended.
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { HostProcess } from '../harness/host-process.js';
import { disconnectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer, useRelay, type Host } from '../harness/relay.js';

const relay = useRelay();

const ways: [string, (host: Host) => unknown][] = [
  ['closes', (host) => host.leave(1000)],
  ['is reset', (host) => host.vanish()],
  ['ends its TCP connection', (host) => host.halfClose()],
  ['sends too much', (host) => host.send('x'.repeat(1_048_577))],
  ['breaks RFC 6455', (host) => host.breakProtocol()],
];

test.each(ways)('[E1] when the host %s, all its players are disconnected, and only they', async (_, go) => {
  const host = await relay.host();
  const players = [
    await relay.player(host, 'a'),
    await relay.player(host, 'b'),
    await relay.player(host, 'b'),
  ];
  const neighbour = await relay.player(await relay.host(), 'a');
  await go(host);
  for (const player of players) await relay.expectEnded(player, 'host-left', host.code, player.id);
  await neighbour.expectNothing();
});

test('[E1] when the process of the host dies, all its players are disconnected', async () => {
  const code = relay.code();
  const process = await HostProcess.start(relay.url(), loginHost(code));
  const player = await relay.connect();
  player.send(loginPlayer(code, '467'));
  // It waits for the login, and the ping behind it too.
  player.send({});
  await player.fence();
  await process.die();
  await relay.expectEnded(player, 'host-left', code, '467');
});

test('[E2] the next host and a player that lingers from the last one do not see each other', async () => {
  const first = await relay.host();
  // By hand, because it must not answer the close frame.
  const lingering = await relay.rawUpgraded(loginPlayer(first.code, '467'));
  await first.next();
  await first.leave();
  expect(await lingering.frame()).toMatchObject({ opcode: opcode.close, payload: Buffer.alloc(0) });

  const second = await relay.host(first.code);
  lingering.write(clientFrame('{"n":1}'), clientFrame(loginPlayer(first.code, '467')));
  second.send('to all');
  second.send({ receiver_id: '467' });
  expect(await lingering.rest()).toEqual([]);
  await second.expectNothing();
});

test("[E3] a host's last messages before it leaves reach its players", async () => {
  const code = relay.code();
  const host = await relay.rawUpgraded(loginHost(code), 'no player hears this');
  await host.fence();
  const [addressed, other] = [await relay.connect(), await relay.connect()];
  for (const [player, id] of [
    [addressed, '467'],
    [other, '468'],
  ] as const) {
    player.send(loginPlayer(code, id));
    await host.frame();
  }
  const kinds = [
    (n: number) => `${n} ${'x'.repeat(100_000)}`,
    (n: number) => `{"receiver_id":"467","n":${n}}`,
    (n: number) => `small, to all, ${n}`,
  ];
  // The last one is small: it is still being gathered when the close frame is read.
  const messages = Array.from({ length: 21 }, (_, n) => kinds[n % 3]?.(n) ?? '');
  const farewell = clientFrame('', { opcode: opcode.close });
  host.write(...messages.map((message) => clientFrame(message)), farewell);
  expect(await addressed.take(21)).toEqual(messages);
  expect(await other.take(14)).toEqual(messages.filter((message) => !message.includes('receiver_id')));
  for (const player of [addressed, other]) expect(await player.closed()).toEqual(silently);
});

test('[E4] a peer that breaks the format is disconnected, and no other is disturbed', async () => {
  const host = await relay.host();
  const good = await relay.player(host, 'good');
  const twin = await relay.player(host, 'bad');
  const bad = await relay.player(host, 'bad');
  bad.send('[]');
  expect(await host.next()).toBe(disconnectNotice('bad'));
  await relay.expectEnded(bad, 'not-an-object', host.code, 'bad');
  for (const player of [good, twin]) {
    player.send('{"n":1}');
    expect(await host.next()).toBe(`{"n":1,"client_id":"${player.id}"}`);
    host.send({ receiver_id: player.id });
    expect(await player.next()).toBe(`{"receiver_id":"${player.id}"}`);
    await player.expectNothing();
  }
});

test('[E5] a peer that does not answer the close frame is cut off, but not at once', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  const before = performance.now();
  player.write(clientFrame('oops'));
  expect(await player.frame()).toMatchObject({ opcode: opcode.close, payload: Buffer.alloc(0) });
  expect(await player.rest()).toEqual([]);
  // A second by the rule, which a slow machine can only make longer.
  expect(performance.now() - before).toBeGreaterThan(900);
});

test('[E5] a player that stopped reading is cut off when its host leaves', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  player.stall();
  for (let n = 0; n < 20; n++) host.send('x'.repeat(500_000));
  await host.fence();
  await host.leave();
  await relay.logs.ending('host-left', host.code, '467');
  player.resume();
  const { code } = await player.closed();
  expect([1005, 1006]).toContain(code);
  await relay.host(host.code);
});

test('[E10] pings are answered before the login, as a host and as a player, and are not messages', async () => {
  const host = await relay.rawUpgraded();
  const code = relay.code();
  const ping = (payload: string): Buffer => clientFrame(payload, { opcode: opcode.ping });
  host.write(ping('early'), clientFrame('unasked', { opcode: opcode.pong }), ping(''), ping('x'.repeat(125)));
  for (const payload of ['early', '', 'x'.repeat(125)]) {
    expect(await host.frame()).toMatchObject({ opcode: opcode.pong, payload: Buffer.from(payload) });
  }
  // The message waits for the login, and the ping behind it too.
  host.write(clientFrame(loginHost(code)), clientFrame('no player hears this'), ping('host'));
  expect(await host.frame()).toMatchObject({ opcode: opcode.pong, payload: Buffer.from('host') });
  const player = await relay.rawUpgraded(loginPlayer(code, '467'));
  expect((await host.frame()).opcode).toBe(opcode.text);
  player.write(ping('{"a":1}'), clientFrame('{"a":2}', { opcode: opcode.pong }), clientFrame('{"a":3}'));
  expect(await player.frame()).toMatchObject({ opcode: opcode.pong, payload: Buffer.from('{"a":1}') });
  expect((await host.frame()).payload.toString()).toBe('{"a":3,"client_id":"467"}');
});

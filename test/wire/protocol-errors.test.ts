// Rules E11 and E12, on the wire: peers that break RFC 6455 or send too much.
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { clientFrame, opcode, type Frame } from '../harness/frames.js';
import { disconnectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer, useRelay } from '../harness/relay.js';

const relay = useRelay();

const MIB = 1_048_576;

/** A masked head that announces `length` bytes, without them. */
function announcing(length: bigint): Buffer {
  const head = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
  head.writeBigUInt64BE(length, 2);
  return head;
}

const broken: [string, Buffer][] = [
  ['a frame that is not masked', clientFrame('{}', { masked: false })],
  ['the first reserved bit', clientFrame('{}', { rsv: 4 })],
  ['the second reserved bit', clientFrame('{}', { rsv: 2 })],
  ['the third reserved bit', clientFrame('{}', { rsv: 1 })],
  ['an unknown kind of data frame', clientFrame('{}', { opcode: 3 })],
  ['an unknown kind of control frame', clientFrame('', { opcode: 11 })],
  ['a continuation of nothing', clientFrame('{}', { opcode: opcode.continuation })],
  ['a message within a message', Buffer.concat([clientFrame('{', { fin: false }), clientFrame('{}')])],
  ['a ping in fragments', clientFrame('x', { opcode: opcode.ping, fin: false })],
  ['a ping of 126 bytes', clientFrame('x'.repeat(126), { opcode: opcode.ping })],
  ['a close frame of one byte', clientFrame('x', { opcode: opcode.close })],
  ['a close status that is reserved', clientFrame(Buffer.from([0x03, 0xed]), { opcode: opcode.close })],
  [
    'a close reason that is not UTF-8',
    clientFrame(Buffer.from([0x03, 0xe8, 0xff]), { opcode: opcode.close }),
  ],
];

/** Whatever the relay sent at the end must not tell why. */
function expectNoStatus(frames: Frame[]): void {
  for (const frame of frames) expect(frame).toMatchObject({ opcode: opcode.close, payload: Buffer.alloc(0) });
  expect(frames.length).toBeLessThan(2);
}

test.each(broken)(
  '[E11] %s disconnects, and the messages after it are not processed',
  async (what, bytes) => {
    const host = await relay.host();
    const player = await relay.rawUpgraded(loginPlayer(host.code, what));
    await host.next();
    const stranger = await relay.rawUpgraded();
    const code = relay.code();
    player.write(clientFrame('{"n":1}'), bytes, clientFrame('{"n":2}'), clientFrame('{"n":3}'));
    stranger.write(bytes, clientFrame(loginHost(code)));
    expect(await host.take(2)).toEqual([`{"n":1,"client_id":"${what}"}`, disconnectNotice(what)]);
    expectNoStatus(await player.rest());
    expectNoStatus(await stranger.rest());
    await relay.logs.ending('protocol-error', host.code, what);
    await host.expectNothing();
    await relay.fenceLog();
    expect(relay.logs.count(code)).toBe(0);
  },
);

const notUtf8 = clientFrame(Buffer.from('{"a":"\xff"}', 'latin1'));
const behind = clientFrame('{"n":2}');
test.each([
  ['in one segment', [Buffer.concat([notUtf8, behind])]],
  ['in two segments', [notUtf8.subarray(0, 9), Buffer.concat([notUtf8.subarray(9), behind])]],
])('[E11] a text message that is not UTF-8 disconnects player and host: %s', async (_, pieces) => {
  const code = relay.code();
  const host = await relay.rawUpgraded(loginHost(code));
  await host.fence();
  const player = await relay.rawUpgraded(loginPlayer(code, '467'));
  await host.frame();
  await player.writeApart(pieces);
  expect((await host.frame()).payload.toString()).toBe(disconnectNotice('467'));
  expectNoStatus(await player.rest());
  const witness = await relay.connect();
  witness.send(loginPlayer(code, '468'));
  await host.frame();
  await host.writeApart(pieces);
  expectNoStatus(await host.rest());
  expect(await witness.closed()).toEqual(silently);
  expect(witness.inbox.waiting).toEqual([]);
});

test('[P12] messages after a close frame are not processed', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  player.write(clientFrame('{"n":1}'), clientFrame('', { opcode: opcode.close }), clientFrame('{"n":2}'));
  player.write(clientFrame('{"n":3}'));
  expect(await host.take(2)).toEqual(['{"n":1,"client_id":"467"}', disconnectNotice('467')]);
  await player.rest();
  await host.expectNothing();
});

test('[E11] a host that breaks RFC 6455 is disconnected, and so are its players', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  host.breakProtocol();
  expect(await host.closed()).toEqual(silently);
  expect(await player.closed()).toEqual(silently);
});

test('[E12] a message of one MiB passes, in both directions', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const payload = JSON.stringify({ a: 'x'.repeat(MIB - 8) });
  expect(payload.length).toBe(MIB);
  player.send(payload);
  expect((await host.next()) === `${payload.slice(0, -1)},"client_id":"467"}`).toBe(true);
  host.send(payload);
  expect((await player.next()) === payload).toBe(true);
});

test('[E12] one byte more disconnects a player, a host, and a connection before its login', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  player.send(JSON.stringify({ a: 'x'.repeat(MIB - 7) }));
  expect(await host.next()).toBe(disconnectNotice('467'));
  await relay.expectEnded(player, 'too-large', host.code, '467');
  host.send(Buffer.alloc(MIB + 1));
  await relay.expectEnded(host, 'too-large', host.code);
  const stranger = await relay.connect();
  stranger.send(loginHost('x'.repeat(MIB)));
  await relay.expectEnded(stranger, 'too-large');
});

test('[E12] fragments are counted together, and an announced length counts before its bytes arrive', async () => {
  const host = await relay.host();
  const pieces = await relay.rawUpgraded(loginPlayer(host.code, 'pieces'));
  await host.next();
  const half = 'x'.repeat(MIB / 2);
  pieces.write(
    clientFrame(half, { fin: false }),
    clientFrame(half, { opcode: opcode.continuation, fin: false }),
  );
  await pieces.fence();
  pieces.write(clientFrame('x', { opcode: opcode.continuation, fin: false }));
  expect(await host.next()).toBe(disconnectNotice('pieces'));
  expectNoStatus(await pieces.rest());
  for (const [id, length] of [
    ['more', BigInt(MIB + 1)],
    ['most', 1n << 63n],
  ] as const) {
    const announcer = await relay.rawUpgraded(loginPlayer(host.code, id));
    await host.next();
    announcer.write(announcing(length), clientFrame('{}'));
    expect(await host.next()).toBe(disconnectNotice(id));
    expectNoStatus(await announcer.rest());
  }
  for (const id of ['pieces', 'more', 'most']) await relay.logs.ending('too-large', host.code, id);
});

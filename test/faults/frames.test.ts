// Fault 6: frames that RFC 6455 forbids, or allows and no peer needs.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { DeafPeer } from '../harness/deaf-peer.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { forwardTimes } from '../harness/latencies.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { MemoryGauge } from '../harness/process-stats.js';
import type { RawPeer } from '../harness/raw-peer.js';
import { loginHost, loginPlayer, useRelay, type Host } from '../harness/relay.js';

const relay = useRelay('--max-player-outbox', '1048576', ...fixed({ maxBufferedChunks: 200 }));

async function rawPlayer(host: Host, id: string): Promise<RawPeer> {
  const player = await relay.rawUpgraded(loginPlayer(host.code, id));
  expect(await host.next()).toBe(connectNotice(id));
  return player;
}

function closing(status: number, reason = ''): Buffer {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(status);
  return clientFrame(payload, { opcode: opcode.close });
}

test('[E11] an invalid close status is a protocol error, and any valid one is a normal close', async () => {
  const host = await relay.host();
  const wrong = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535];
  const right = [1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999];
  for (const status of [...wrong, ...right]) {
    const player = await rawPlayer(host, `status ${status}`);
    player.write(closing(status, 'bye'));
    expect(await host.next()).toBe(disconnectNotice(`status ${status}`));
    const ending = wrong.includes(status) ? 'protocol-error' : 'left';
    await relay.logs.ending(ending, host.code, `status ${status} `);
    player.vanish();
  }
});

/** The bytes of a text message in fragments, each followed by a ping. */
function inFragments(bytes: Buffer, size: number): Buffer {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const kind = at === 0 ? opcode.text : opcode.continuation;
    const fin = at + size >= bytes.length;
    frames.push(clientFrame(bytes.subarray(at, at + size), { opcode: kind, fin }));
    frames.push(clientFrame('between', { opcode: opcode.ping }));
  }
  return Buffer.concat(frames);
}

const texts: [string, string | Buffer, boolean][] = [
  ['characters of 2, 3 and 4 bytes', '{"a":"é€😀"}', true],
  ['a byte that begins nothing', Buffer.from('{"a":"\x80"}', 'latin1'), false],
  ['half a character at the end', Buffer.from('{"a":"\xe2\x82"}', 'latin1'), false],
  ['a surrogate', Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), false],
  ['a character in more bytes than it needs', Buffer.from('{"a":"\xc0\xaf"}', 'latin1'), false],
];
test.each(texts)('[E11] UTF-8 is checked across fragments: %s', async (what, text, isValid) => {
  const host = await relay.host();
  const friend = await relay.player(host, 'friend');
  for (const size of [1, 2, 7]) {
    const id = `${what} ${size}`;
    const player = await rawPlayer(host, id);
    player.write(inFragments(Buffer.from(text), size));
    const came = isValid ? `{"a":"é€😀","client_id":"${id}"}` : disconnectNotice(id);
    expect(await host.next()).toBe(came);
    if (!isValid) await relay.logs.ending('protocol-error', host.code, id);
    player.vanish();
    if (isValid) expect(await host.next()).toBe(disconnectNotice(id));
  }
  await forwardTimes(host, friend, 1);
});

function fragments(count: number): Buffer {
  const middle = clientFrame(' ', { opcode: opcode.continuation, fin: false });
  const rest = Array.from({ length: count - 2 }, () => middle);
  const last = clientFrame('}', { opcode: opcode.continuation });
  return Buffer.concat([clientFrame('{', { fin: false }), ...rest, last]);
}

test('[A2] a message may come in 256 fragments and not in 257', async () => {
  const host = await relay.host();
  const player = await rawPlayer(host, 'pieces');
  player.write(fragments(256));
  expect(await host.next()).toBe(`{${' '.repeat(254)}"client_id":"pieces"}`);
  player.write(fragments(257), clientFrame('{}'));
  expect(await host.next()).toBe(disconnectNotice('pieces'));
  await relay.logs.ending('too-many-fragments', host.code, 'pieces');
  await player.rest();
});

test('[A2] empty fragments count as well', async () => {
  const host = await relay.host();
  const player = await rawPlayer(host, 'empty');
  const nothing = clientFrame('', { opcode: opcode.continuation, fin: false });
  player.write(clientFrame('{', { fin: false }), ...Array.from({ length: 300 }, () => nothing));
  expect(await host.next()).toBe(disconnectNotice('empty'));
  await relay.logs.ending('too-many-fragments', host.code, 'empty');
});

test('[A2] a message that comes byte by byte ends its sender when there are too many pieces', async () => {
  const host = await relay.host();
  const player = await rawPlayer(host, 'crumbs');
  const clock = await relay.host();
  const send = async (length: number): Promise<void> => {
    for (const byte of clientFrame(`{"a":"${'x'.repeat(length)}"}`)) {
      player.write(Buffer.from([byte]));
      // So that the relay has read it before the next one comes; on a busy machine it now and then has not.
      await clock.fence();
    }
  };
  await send(100);
  expect(await host.next()).toBe(`{"a":"${'x'.repeat(100)}","client_id":"crumbs"}`);
  await send(600);
  expect(await host.next()).toBe(disconnectNotice('crumbs'));
  await relay.logs.ending('too-many-fragments', host.code, 'crumbs');
});

test('[A2] a message that is never completed takes no more memory than its bytes', async () => {
  const host = await relay.host();
  const players: RawPeer[] = [];
  while (players.length < 10) players.push(await rawPlayer(host, `player ${players.length}`));
  const memory = new MemoryGauge(relay.program);
  // Each byte comes in a separate segment that is full of other things, which must not be kept with it.
  const pong = clientFrame('x'.repeat(125), { opcode: opcode.pong });
  const filler = Array.from({ length: 400 }, () => pong);
  for (let n = 0; n < 100; n++) {
    const kind = n === 0 ? opcode.text : opcode.continuation;
    for (const player of players) player.write(clientFrame('x', { opcode: kind, fin: false }), ...filler);
    for (const player of players) await player.fence();
  }
  expect(memory.look()).toBeLessThan(48);
});

test('[A8] pongs that a player does not read count towards its queue', async () => {
  const host = await relay.host();
  const friend = await relay.player(host, 'friend');
  const deaf = await DeafPeer.connect(relay.url(), loginPlayer(host.code, 'deaf'));
  expect(await host.next()).toBe(connectNotice('deaf'));
  const memory = new MemoryGauge(relay.program);
  const ping = clientFrame('x'.repeat(125), { opcode: opcode.ping });
  const pings = Buffer.concat(Array.from({ length: 500 }, () => ping));
  while (!deaf.isGone) {
    await deaf.write(pings);
    memory.look();
  }
  await relay.logs.ending('slow-reader', host.code, 'deaf');
  expect(await host.next()).toBe(disconnectNotice('deaf'));
  expect(memory.look()).toBeLessThan(64);
  await forwardTimes(host, friend, 1);
});

test('[E10] many pings in one segment are all answered', async () => {
  const peer = await relay.rawUpgraded(loginHost(relay.code()));
  peer.write(...Array.from({ length: 500 }, () => clientFrame('ping', { opcode: opcode.ping })));
  for (const { payload } of await peer.fence()) expect(payload.toString()).toBe('ping');
});

const LOGIN_SIZE = 8_192;

/** A login of about `length` bytes. */
function longLogin(code: string, length: number): Buffer {
  const login = { action: 'login_server', server_code: code, ignored: 'x'.repeat(length - 70) };
  return clientFrame(JSON.stringify(login));
}

test('[A1] a login may be as long as the limit, however it is fragmented, and no longer', async () => {
  for (const pieces of [1, 2, 5]) {
    const codes = [relay.code(), relay.code()] as const;
    const cut = (bytes: Buffer): Buffer[] =>
      Array.from({ length: pieces }, (_, n) =>
        bytes.subarray((n * bytes.length) / pieces, ((n + 1) * bytes.length) / pieces),
      );
    const right = await relay.rawUpgraded();
    await right.writeApart(cut(longLogin(codes[0], LOGIN_SIZE - 100)));
    await relay.logs.until(({ text }) => text.includes(`${codes[0]} `), 'the room of a long login');
    await right.fence();
    const wrong = await relay.rawUpgraded();
    await wrong.writeApart(cut(longLogin(codes[1], LOGIN_SIZE + 200)));
    await wrong.rest();
    const again = await relay.host(codes[1]);
    await again.expectNothing();
  }
});

const before: [string, Buffer][] = [
  ['pings', clientFrame('x'.repeat(100), { opcode: opcode.ping })],
  ['fragments', clientFrame('x'.repeat(100), { opcode: opcode.continuation, fin: false })],
];
test.each(before)('[A1] %s before the login count too', async (_, frame) => {
  const ended = relay.logs.count('too-large');
  const peer = await relay.rawUpgraded();
  peer.write(clientFrame('{', { fin: false }), ...Array.from({ length: 100 }, () => frame));
  await peer.rest();
  await relay.logs.until(() => relay.logs.count('too-large') > ended, 'another ending');
});

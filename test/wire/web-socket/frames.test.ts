// Rules W5 to W7 and W14, on the wire: single frames, both ways.
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { within } from '../../harness/deadline.js';
import { clientFrame, opcode } from '../../harness/frames.js';
import { disconnectNotice } from '../../harness/notices.js';
import { upgradeRequest, type RawPeer } from '../../harness/raw-peer.js';
import { loginPlayer, useRelay, type Host } from '../../harness/relay.js';
import { stamped } from '../../harness/stamp.js';

const relay = useRelay();

async function playerOf(host: Host, id: string): Promise<RawPeer> {
  const player = await relay.rawUpgraded(loginPlayer(host.code, id));
  await host.next();
  return player;
}

/** A message of exactly that length. */
function messageOf(length: number): string {
  return `{"a":"${'x'.repeat(length - 8)}"}`;
}

const lengths: [length: number, lengthBytes: 0 | 2 | 8][] = [
  ...([8, 125] as const).flatMap((n) => ([0, 2, 8] as const).map((form): [number, 0 | 2 | 8] => [n, form])),
  ...([126, 127, 65_535] as const).flatMap((n) =>
    ([2, 8] as const).map((form): [number, 0 | 2 | 8] => [n, form]),
  ),
  [65_536, 8],
  [70_000, 8],
];
test.each(lengths)(
  '[W5] a length of %d bytes may be written in %d bytes more',
  async (length, lengthBytes) => {
    const host = await relay.host();
    const player = await playerOf(host, '467');
    const message = messageOf(length);
    player.write(clientFrame(message, { lengthBytes }), clientFrame('{"n":2}', { lengthBytes }));
    expect(await host.take(2)).toEqual([stamped(message, '467'), stamped('{"n":2}', '467')]);
  },
);

test.each([1n << 32n, 1n << 53n, (1n << 63n) | 13n, (1n << 64n) - 1n])(
  '[W5] all 64 bits of a length count: %d',
  async (length) => {
    const host = await relay.host();
    const player = await playerOf(host, '467');
    const frame = clientFrame('{"a":"hello"}', { lengthBytes: 8 });
    frame.writeBigUInt64BE(length, 2);
    player.write(frame);
    expect(await host.next()).toBe(disconnectNotice('467'));
    await relay.logs.ending('too-large', host.code, '467');
  },
);

const meaningless: [string, object][] = [
  ...[1, 2, 4, 7].map((rsv): [string, object] => [`the reserved bits ${rsv}`, { rsv }]),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((code): [string, object] => [
    `the opcode ${code}`,
    { opcode: code },
  ]),
  ['a reserved bit in a ping', { opcode: opcode.ping, rsv: 4 }],
  ['a reserved bit in a close frame', { opcode: opcode.close, rsv: 4 }],
];
test.each(meaningless)('[W6] %s: a breach', async (what, shape) => {
  const host = await relay.host();
  const player = await playerOf(host, what);
  player.write(clientFrame('', shape), clientFrame('{"n":1}'));
  expect(await host.next()).toBe(disconnectNotice(what));
  await relay.logs.ending('protocol-error', host.code, what);
});

test('[W7] the relay takes off any mask, from payloads of any length and at any place', async () => {
  const host = await relay.host();
  const player = await playerOf(host, '467');
  const masks = ['00000000', 'ffffffff', '01020304', '22000000', '80ff7f01'];
  const texts = Array.from({ length: 300 }, (_, n) => messageOf(8 + n));
  const frames = texts.map((text, n) =>
    clientFrame(text, { mask: Buffer.from(masks[n % masks.length]!, 'hex') }),
  );
  player.write(...frames);
  expect(await host.take(texts.length)).toEqual(texts.map((text) => stamped(text, '467')));
});

test.each([opcode.text, opcode.binary, opcode.ping, opcode.close])(
  '[W7] a frame of opcode %d without a mask: a breach',
  async (code) => {
    const host = await relay.host();
    const player = await playerOf(host, '467');
    player.write(clientFrame('', { opcode: code, masked: false }), clientFrame('{"n":1}'));
    expect(await host.next()).toBe(disconnectNotice('467'));
    await relay.logs.ending('protocol-error', host.code, '467');
  },
);

/** What a server writes of a message, byte by byte. */
function frameOf(code: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65_536 ? 4 : 10);
  header[0] = 0x80 | code;
  header[1] = payload.length < 126 ? payload.length : payload.length < 65_536 ? 126 : 127;
  if (header.length === 4) header.writeUInt16BE(payload.length, 2);
  if (header.length === 10) header.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([header, payload]);
}

test('[W14] the bytes of the relay are whole frames without a mask, each length in the fewest bytes', async () => {
  const host = await relay.host();
  const sizes = [0, 1, 125, 126, 127, 65_535, 65_536, 300_000];
  const messages = sizes.flatMap((size) => [
    { code: opcode.text, payload: Buffer.alloc(size, 'x') },
    { code: opcode.binary, payload: Buffer.alloc(size, 7) },
  ]);
  const due = Buffer.concat([
    ...messages.map(({ code, payload }) => frameOf(code, payload)),
    frameOf(opcode.pong, Buffer.from('ping')),
    frameOf(opcode.close, Buffer.from('\x03\xe8bye', 'latin1')),
  ]);
  const player = connect({ port: Number(new URL(relay.url()).port), host: '127.0.0.1' });
  const all = new Promise<Buffer>((resolve) => {
    const parts: Buffer[] = [];
    player.on('data', (part: Buffer) => parts.push(part)).once('end', () => resolve(Buffer.concat(parts)));
  });
  player.write(Buffer.concat([Buffer.from(upgradeRequest()), clientFrame(loginPlayer(host.code, '467'))]));
  await host.next();
  for (const { code, payload } of messages) host.send(code === opcode.text ? String(payload) : payload);
  await host.fence();
  player.write(
    Buffer.concat([
      clientFrame('ping', { opcode: opcode.ping }),
      clientFrame(Buffer.from('\x03\xe8bye', 'latin1'), { opcode: opcode.close }),
    ]),
  );
  const came = await within(all, 'all that a player gets');
  expect(came.subarray(came.indexOf('\r\n\r\n') + 4).equals(due)).toBe(true);
});

// Rules W15 to W20, on the wire: how a connection ends.
import { expect, test } from 'vitest';
import { clientFrame, opcode, type Frame } from '../../harness/frames.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import type { RawPeer } from '../../harness/raw-peer.js';
import { loginHost, loginPlayer, useRelay, type Host } from '../../harness/relay.js';
import { stamped } from '../../harness/stamp.js';

const relay = useRelay();

const silentClose: Frame = { fin: true, rsv: 0, opcode: opcode.close, payload: Buffer.alloc(0) };

function closing(status: number, reason: string | Buffer = ''): Buffer {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(status);
  return payload;
}

const closeFrame = (payload: string | Buffer = ''): Buffer => clientFrame(payload, { opcode: opcode.close });

async function playerOf(host: Host, id = '467'): Promise<RawPeer> {
  const player = await relay.rawUpgraded(loginPlayer(host.code, id));
  expect(await host.next()).toBe(connectNotice(id));
  return player;
}

/** A peer that the relay has refused, and which does not answer the close frame: it is cut off after a second (E5). */
async function refusedPeer(): Promise<RawPeer> {
  const peer = await relay.rawUpgraded('no login');
  expect(await peer.frame()).toEqual(silentClose);
  return peer;
}

/** Expects that the relay ends TCP with this peer at once: a second before one that it ends at the same moment (E5). */
async function expectEndAtOnce(peer: RawPeer, deed: () => void): Promise<void> {
  const slow = await relay.rawUpgraded();
  slow.write(clientFrame('no login'));
  deed();
  const first = await Promise.race([slow.ended.then(() => 'slow'), peer.ended.then(() => 'peer')]);
  expect(first).toBe('peer');
}

const farewells: [string, Buffer][] = [
  ['no status', Buffer.alloc(0)],
  ['1000', closing(1000)],
  ['1001 and a reason', closing(1001, 'going away')],
  ['4999 and a reason of 123 bytes', closing(4999, 'é'.repeat(61) + '.')],
  ['3000 and all masked', closing(3000, Buffer.alloc(100, 'abcdefg'))],
];
test.each(farewells)('[W15] a close frame with %s is answered by the same', async (_, payload) => {
  const host = await relay.host();
  const player = await playerOf(host);
  player.write(closeFrame(payload));
  expect(await player.rest()).toEqual([{ ...silentClose, payload }]);
  expect(await host.next()).toBe(disconnectNotice('467'));
  const stranger = await relay.rawUpgraded();
  stranger.write(closeFrame(payload));
  expect(await stranger.rest()).toEqual([{ ...silentClose, payload }]);
});

test('[W15] the relay ends TCP right behind its answer, without waiting for the peer', async () => {
  const polite = await playerOf(await relay.host());
  await expectEndAtOnce(polite, () => polite.write(closeFrame()));
});

test('[W15] what was queued for a peer comes before the answer', async () => {
  const host = await relay.host();
  const player = await playerOf(host);
  for (let n = 0; n < 100; n++) host.send(`${n}`);
  await host.fence();
  player.write(clientFrame('ping', { opcode: opcode.ping }), closeFrame(closing(1000)));
  const kinds = (await player.rest()).map((frame) => frame.opcode);
  expect(kinds).toEqual([...Array.from({ length: 100 }, () => opcode.text), opcode.pong, opcode.close]);
});

const badFarewells: [string, Buffer][] = [
  ['one byte', Buffer.from([3])],
  ...[0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535].map((status): [string, Buffer] => [
    `the status ${status}`,
    closing(status),
  ]),
  ['a byte that begins no character', closing(1000, Buffer.from([0xff]))],
  ['half a character at the end', closing(1000, Buffer.from('e282', 'hex'))],
  ['a surrogate', closing(1000, Buffer.from('eda080', 'hex'))],
];
test.each(badFarewells)('[W16] a close frame with %s: a breach', async (what, payload) => {
  const host = await relay.host();
  const player = await playerOf(host, what);
  player.write(closeFrame(payload));
  expect(await player.rest()).toEqual([silentClose]);
  expect(await host.next()).toBe(disconnectNotice(what));
  await relay.logs.ending('protocol-error', host.code, what);
});

test('[W17] what comes behind a close frame is neither processed nor answered', async () => {
  const behind = [
    clientFrame('{"n":2}'),
    clientFrame('ping', { opcode: opcode.ping }),
    closeFrame(closing(4000)),
    Buffer.from('no frame'),
  ];
  const host = await relay.host();
  const player = await playerOf(host);
  const late = await playerOf(host, 'late');
  player.write(clientFrame('{"n":1}'), closeFrame(closing(1000)), ...behind);
  expect(await host.take(2)).toEqual([stamped('{"n":1}', '467'), disconnectNotice('467')]);
  expect(await player.rest()).toEqual([{ ...silentClose, payload: closing(1000) }]);
  await late.writeApart([closeFrame(closing(1000)), ...behind]);
  expect(await host.next()).toBe(disconnectNotice('late'));
  await host.expectNothing();
  expect(await late.rest()).toEqual([{ ...silentClose, payload: closing(1000) }]);
  await relay.logs.ending('left', host.code, '467');
});

test('[W18] after a breach TCP ends at once, and what comes behind is neither processed nor answered', async () => {
  const host = await relay.host();
  const player = await playerOf(host);
  await expectEndAtOnce(player, () =>
    player.write(
      clientFrame('ping', { opcode: opcode.ping }),
      clientFrame('', { rsv: 4 }),
      clientFrame('ping', { opcode: opcode.ping }),
      clientFrame('{"n":2}'),
      closeFrame(closing(1000)),
    ),
  );
  const frames = await player.rest();
  expect(frames.map((frame) => frame.opcode)).toEqual([opcode.pong, opcode.close]);
  expect(frames.at(-1)).toEqual(silentClose);
  expect(await host.next()).toBe(disconnectNotice('467'));
  await host.expectNothing();
});

test('[W19] behind its close frame the relay sends nothing, and ends TCP when the peer has answered', async () => {
  const peer = await refusedPeer();
  peer.write(
    clientFrame('ping', { opcode: opcode.ping }),
    clientFrame('{}'),
    clientFrame('{', { fin: false }),
  );
  await expectEndAtOnce(peer, () => peer.write(closeFrame()));
  expect(await peer.rest()).toEqual([]);
});

test('[W19] a player of a host that has left gets nothing behind the close frame', async () => {
  const code = relay.code();
  const host = await relay.rawUpgraded(loginHost(code));
  await host.fence();
  const player = await relay.rawUpgraded(loginPlayer(code, '467'));
  await host.frame();
  host.write(clientFrame('last words'), closeFrame());
  expect((await player.frame()).payload.toString()).toBe('last words');
  expect(await player.frame()).toEqual(silentClose);
  player.write(clientFrame('ping', { opcode: opcode.ping }), closeFrame());
  expect(await player.rest()).toEqual([]);
});

const silentWays: [string, (peer: RawPeer) => void][] = [
  ['ends its side of TCP', (peer) => peer.halfClose()],
  [
    'ends its side of TCP within a frame',
    (peer) => {
      peer.write(clientFrame('{"n":2}').subarray(0, 9));
      peer.halfClose();
    },
  ],
  [
    'ends its side of TCP within a message',
    (peer) => {
      peer.write(clientFrame('{"n":2', { fin: false }));
      peer.halfClose();
    },
  ],
];
test.each(silentWays)('[W20] a peer that %s has left, and gets no close frame', async (_, leave) => {
  const host = await relay.host();
  const player = await playerOf(host);
  player.write(clientFrame('{"n":1}'));
  leave(player);
  expect(await host.take(2)).toEqual([stamped('{"n":1}', '467'), disconnectNotice('467')]);
  expect(await player.rest()).toEqual([]);
  await relay.logs.ending('left', host.code, '467');
});

test('[W20] a peer that has ended its side of TCP gets what it was sent, and the end without delay', async () => {
  const host = await relay.host();
  const player = await playerOf(host);
  await expectEndAtOnce(player, () => {
    player.write(clientFrame('ping', { opcode: opcode.ping }));
    player.halfClose();
  });
  expect(await player.rest()).toMatchObject([{ opcode: opcode.pong }]);
});

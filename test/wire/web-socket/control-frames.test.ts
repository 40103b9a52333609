// Rules W10 to W13, on the wire: pings and pongs.
import { expect, test } from 'vitest';
import { DeafPeer } from '../../harness/deaf-peer.js';
import { clientFrame, opcode } from '../../harness/frames.js';
import { disconnectNotice } from '../../harness/notices.js';
import { loginHost, loginPlayer, useRelay } from '../../harness/relay.js';
import { stamped } from '../../harness/stamp.js';

const relay = useRelay('--max-host-outbox', '1048576', '--stall-timeout', '0');

const ping = (payload: string | Buffer): Buffer => clientFrame(payload, { opcode: opcode.ping });

const wrong: [string, Buffer][] = [
  ...([opcode.ping, opcode.pong, opcode.close] as const).flatMap((code): [string, Buffer][] => [
    [`opcode ${code} of 126 bytes`, clientFrame(Buffer.alloc(126, 3), { opcode: code })],
    [`opcode ${code} in fragments`, clientFrame('', { opcode: code, fin: false })],
    [`opcode ${code} with a length in two bytes`, clientFrame('', { opcode: code, lengthBytes: 2 })],
    [`opcode ${code} with a length in eight bytes`, clientFrame('', { opcode: code, lengthBytes: 8 })],
  ]),
];
test.each(wrong)('[W10] %s: a breach', async (what, frame) => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, what));
  await host.next();
  player.write(frame, clientFrame('{"n":2}'));
  expect(await host.next()).toBe(disconnectNotice(what));
  await relay.logs.ending('protocol-error', host.code, what);
});

test('[W11] pings of any length are answered in order, also within a message', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  const payloads = Array.from({ length: 126 }, (_, n) => Buffer.alloc(n, n));
  player.write(
    clientFrame('{"a":', { fin: false }),
    ...payloads.map((payload) => ping(payload)),
    clientFrame('1}', { opcode: opcode.continuation }),
  );
  for (const payload of payloads) {
    expect(await player.frame()).toEqual({ fin: true, rsv: 0, opcode: opcode.pong, payload });
  }
  expect(await host.next()).toBe(stamped('{"a":1}', '467'));
});

test('[W12] a pong that the relay did not ask for is ignored', async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  const pongs = ['', 'unasked', 'x'.repeat(125)].map((payload) =>
    clientFrame(payload, { opcode: opcode.pong }),
  );
  player.write(...pongs, clientFrame('{"a":', { fin: false }), ...pongs);
  player.write(clientFrame('1}', { opcode: opcode.continuation }));
  expect(await host.next()).toBe(stamped('{"a":1}', '467'));
  expect(await player.fence()).toEqual([]);
});

test('[W13] a host that sends pings and reads no pong is ended', async () => {
  const code = relay.code();
  const deaf = await DeafPeer.connect(relay.url(), loginHost(code));
  const pings = Buffer.concat(Array.from({ length: 500 }, () => ping('x'.repeat(125))));
  while (!deaf.isGone) await deaf.write(pings);
  await relay.logs.ending('slow-reader', code);
});

test('[W13] a peer that sends only pings does not get as far as a login', async () => {
  const ended = relay.logs.count('too-large');
  const peer = await relay.rawUpgraded();
  peer.write(...Array.from({ length: 100 }, () => ping('x'.repeat(125))));
  const pongs = (await peer.rest()).filter((frame) => frame.opcode === opcode.pong);
  expect(pongs.length).toBeLessThan(70);
  await relay.logs.until(() => relay.logs.count('too-large') > ended, 'another ending');
});

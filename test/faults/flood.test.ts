// Fault 4: peers that send far more than a party needs.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { Latencies, forwardTimes, tell } from '../harness/latencies.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { loginPlayer, useRelay, type Host } from '../harness/relay.js';

const MIB = 1_048_576;

const relay = useRelay(
  ...['--player-rate', '3000', '--player-byte-rate', `${MIB}`],
  ...['--host-rate', '2000', '--fanout-byte-rate', `${4 * MIB}`],
  ...fixed({ hostByteFactor: 2, floodTimeout: 7 }),
);

/** Messages that are numbered from 0, as the bytes of one long write. */
function flood(count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, n) => clientFrame(`{"n":${n}}`)));
}

/** A player of the party that can write many messages at once. */
async function rawPlayer(host: Host, id: string): ReturnType<typeof relay.rawUpgraded> {
  const player = await relay.rawUpgraded(loginPlayer(host.code, id));
  expect(await host.next()).toBe(connectNotice(id));
  return player;
}

test('[A19] a player that sends 10,000 messages at once is slowed down, all arrive, and no other peer is delayed', async () => {
  const host = await relay.host();
  const friend = await relay.player(host, 'friend');
  const undisturbed = await forwardTimes(host, friend, 200);
  const loud = await rawPlayer(host, 'loud');
  const memory = new MemoryGauge(relay.program);
  const begun = performance.now();
  loud.write(flood(10_000));
  const disturbed = new Latencies();
  for (let flooded = 0, probes = 0, sent = 0; flooded < 10_000 || probes < 200;) {
    if (probes < 200) friend.send(`{"probe":${probes}}`);
    const at = performance.now();
    for (let isProbe = false; !isProbe && (probes < 200 || flooded < 10_000); sent++) {
      const message = await host.next();
      isProbe = message === `{"probe":${probes},"client_id":"friend"}`;
      if (!isProbe) expect(message).toBe(`{"n":${flooded++},"client_id":"loud"}`);
    }
    if (probes++ < 200) disturbed.add(performance.now() - at);
  }
  // More than the burst has to wait until there is room for another second at the full rate.
  expect(performance.now() - begun).toBeGreaterThan(900);
  tell(`while another player floods: ${disturbed.beside(undisturbed)}`);
  disturbed.expectNear(undisturbed, 2);
  expect(memory.look()).toBeLessThan(32);
  await host.expectNothing();
  expect(relay.logs.count('flood', host.code)).toBe(0);
});

test('[A20] a peer that never stops flooding, with messages or with control frames, is ended, and no other is', async () => {
  const host = await relay.host();
  const friend = await relay.player(host, 'friend');
  const loud = await rawPlayer(host, 'loud');
  const other = await rawPlayer(await relay.host(), 'empty');
  loud.write(flood(60_000));
  other.write(...Array.from({ length: 60_000 }, () => clientFrame('', { opcode: opcode.pong })));
  await relay.logs.ending('flood', host.code, 'loud');
  for (let n = 0; ; n++) {
    const message = await host.next();
    if (message === disconnectNotice('loud')) break;
    expect(message).toBe(`{"n":${n},"client_id":"loud"}`);
  }
  await relay.logs.ending('flood', 'empty');
  for (const peer of [loud, other]) await peer.rest();
  await forwardTimes(host, friend, 1);
});

const tooMuch: [string, number, string, number][] = [
  ['messages', 8_100, 'x', 0],
  ['bytes', 85, 'x'.repeat(100_000), 0],
  ['bytes to its players', 43, 'x'.repeat(100_000), 4],
  ['small messages to many players', 3_900, '', 64],
];
test.each(tooMuch)(
  '[A21] a host that sends too many %s is slowed down, and all of it arrives',
  async (_, count, filler, size) => {
    const host = await relay.host();
    const players = [];
    for (let n = 0; n < size; n++) players.push(await relay.player(host, `player ${n}`));
    const messages = Array.from({ length: count }, (_, n) => `${n} ${filler}`);
    const begun = performance.now();
    for (const message of messages) host.send(message);
    await host.fence();
    expect(performance.now() - begun).toBeGreaterThan(900);
    for (const player of players) {
      const came = await player.take(count);
      expect(came.every((message, n) => message === messages[n])).toBe(true);
      await player.expectNothing();
    }
    expect(relay.logs.count('flood', host.code)).toBe(0);
  },
);

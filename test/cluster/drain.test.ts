// How nodes are stopped: with time to end what goes on, and so that everybody can go on elsewhere.
import { expect, test } from 'vitest';
import { connectNotice } from '../harness/notices.js';
import { loginPlayer } from '../harness/relay.js';
import { hostAtLast, tryHost, useBroker } from './nodes.js';
import { WatchedParty, told } from './watched-party.js';

const broker = useBroker();

test('[B12] a node that drains takes no new host, lets its parties play on, and stops when they are over', async () => {
  const [draining, b] = await broker.two('--drain-seconds', '600');
  const party = await WatchedParty.open(draining, 'PLAYING');
  await party.join(b, 'far');
  const exit = draining.program.stop();
  await draining.logs.until(({ text }) => text.startsWith('Draining'), 'that it drains');
  expect(await tryHost(draining, 'NEW')).toBeUndefined();
  await draining.logs.ending('draining', 'NEW');
  await party.join(draining, 'late');
  await party.finish();
  for (const { connection } of party.seats) connection.dispose();
  party.host.dispose();
  expect(await exit).toEqual({ code: 0, signal: null });
});

test('[B12] a node that drains stops after its time, also while players still play', async () => {
  const draining = await broker.node(broker.nats.url, '--drain-seconds', '1');
  const party = await WatchedParty.open(draining, 'LONG');
  await party.join(draining, '1');
  expect(await draining.program.stop()).toEqual({ code: 0, signal: null });
  expect(await party.host.closed()).toEqual({ code: 1001, reason: '' });
  expect(await party.seatOf('1').connection.closed()).toEqual({ code: 1001, reason: '' });
});

test('[B13] when nodes are restarted one after the other, each party can meet again on another at once', async () => {
  const nodes = [...(await broker.three())];
  for (let round = 0; round < 3; round++) {
    const [leaving, other] = nodes as [(typeof nodes)[0], (typeof nodes)[0]];
    const code = `ROLLING${round}`;
    const party = await WatchedParty.open(leaving, code);
    await party.join(other, 'far');
    await party.join(leaving, 'near');
    const stoppedAt = performance.now();
    const exit = leaving.program.stop();
    await party.host.closed();
    await party.closed('far', 'near');
    const next = await hostAtLast(other, code);
    const player = await nodes[2]!.connect();
    player.send(loginPlayer(code, 'far'));
    expect(await next.next()).toBe(connectNotice('far'));
    expect(told('restart: party met again after', stoppedAt)).toBeLessThan(20_000);
    expect(await exit).toEqual({ code: 0, signal: null });
    party.verdict();
    nodes.push(await broker.node());
    nodes.shift();
  }
});

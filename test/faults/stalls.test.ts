// Peers that take nothing of what waits for them, however little it is.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { disconnectNotice } from '../harness/notices.js';
import { useRelay } from '../harness/relay.js';

/** Seconds. */
const STALL_TIMEOUT = 3;

const relay = useRelay('--stall-timeout', String(STALL_TIMEOUT));

const FILLER = 'x'.repeat(100_000);

/** More than the system takes on its own for a peer that does not read. */
const MANY = 120;

test('[A8] a player that reads nothing for a while is ended, and the others get everything', async () => {
  const host = await relay.host();
  const stalled = await relay.player(host, 'stalled');
  const other = await relay.player(host, 'other');
  stalled.stall();
  const sent = Array.from({ length: MANY }, (_, n) => `${n} ${FILLER}`);
  for (const message of sent) host.send(message);
  expect((await relay.logs.ending('slow-reader', host.code, 'stalled')).rule).toBe('A8');
  expect((await other.take(MANY)).every((message, n) => message === sent[n])).toBe(true);
  expect(await host.next()).toBe(disconnectNotice('stalled'));
  await other.expectNothing();
});

test('[A10] a host that reads nothing for a while is ended with its room, and its code is free', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  host.stall();
  for (let n = 0; n < MANY; n++) player.send({ n, FILLER });
  expect((await relay.logs.ending('slow-reader', host.code)).rule).toBe('A10');
  expect(await player.closed()).toEqual(silently);
  await relay.player(await relay.host(host.code), '468');
});

test('[A8] a player that reads slowly but steadily is not ended', async () => {
  const host = await relay.host();
  const slow = await relay.player(host, 'slow');
  const sent = Array.from({ length: 3 * MANY }, (_, n) => `${n} ${FILLER}`);
  slow.stall();
  for (const message of sent) host.send(message);
  const got: unknown[] = [];
  const begun = performance.now();
  // Never still for more than a fraction of the timeout, and never done before it is over.
  while (performance.now() - begun < 1.5 * STALL_TIMEOUT * 1_000) {
    slow.resume();
    got.push(await slow.next());
    slow.stall();
    await sleep(STALL_TIMEOUT * 20);
  }
  expect(got.length).toBeLessThan(sent.length);
  slow.resume();
  got.push(...(await slow.take(sent.length - got.length)));
  expect(got.every((message, n) => message === sent[n])).toBe(true);
  await slow.expectNothing();
});

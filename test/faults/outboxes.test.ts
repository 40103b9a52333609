// Bytes that wait for peers who read too slowly: bounded for each of them, and for all together.
import { expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { disconnectNotice } from '../harness/notices.js';
import { useRelay, type Host } from '../harness/relay.js';

const MIB = 1_048_576;

const relay = useRelay(...['--max-host-outbox', `${MIB}`, '--max-total-outbox', `${8 * MIB}`]);

const FILLER = 'x'.repeat(100_000);

/** More than the system takes on its own for a peer that does not read, and more than {@link MIB} on top. */
const TOO_MANY = 120;

/** What of it waits in the relay is less than all outboxes may hold together. */
const SOME = 70;

function tell(host: Host, id: string, count: number): string[] {
  const messages = Array.from({ length: count }, (_, n) => JSON.stringify({ receiver_id: id, n, FILLER }));
  for (const message of messages) host.send(message);
  return messages;
}

test('[A10] a host whose queue exceeds its limit is ended with its room, and its code is free', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  host.stall();
  for (let n = 0; n < TOO_MANY; n++) player.send({ n, FILLER });
  await relay.logs.ending('slow-reader', host.code);
  expect(await player.closed()).toEqual(silently);
  await relay.player(await relay.host(host.code), '468');
});

test('[A11] when all queues together exceed their limit, the peer with the largest queue is ended', async () => {
  const hosts = [await relay.host(), await relay.host()] as const;
  const most = await relay.player(hosts[0], 'most');
  const some = await relay.player(hosts[0], 'some');
  const none = await relay.player(hosts[1], 'none');
  for (const stalled of [most, some]) stalled.stall();
  const expected = tell(hosts[0], 'some', SOME);
  tell(hosts[0], 'most', 2 * TOO_MANY);
  await relay.logs.ending('outboxes-full', hosts[0].code, 'most');
  expect(await hosts[0].next()).toBe(disconnectNotice('most'));
  some.resume();
  expect((await some.take(SOME)).every((message, n) => message === expected[n])).toBe(true);
  for (const other of [some, none, ...hosts]) await other.expectNothing();
  expect(relay.logs.count('outboxes-full')).toBe(1);
});

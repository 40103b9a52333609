// Rules A31 and A33: many requests, unread answers, and the games beside them.
import { afterEach, expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { Looks } from '../harness/event-stream.js';
import { HttpPeers, request } from '../harness/http-peer.js';
import { forwardTimes } from '../harness/latencies.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { upgradeRequest } from '../harness/raw-peer.js';
import { useRelay } from '../harness/relay.js';
import { Behind, TRUSTING } from '../harness/behind.js';

const TOKEN = 'correct-horse-battery';
const relay = useRelay(
  ...[...TRUSTING, '--operator-token', TOKEN, '--stall-timeout', '2'],
  ...['--http-requests-per-second', '1', ...fixed({ burstSeconds: 50 })],
);
const peers = new HttpPeers(() => Number(new URL(relay.url()).port));
afterEach(() => peers.sweep());

const from = (crowd: Behind): string[] => [`X-Forwarded-For: ${crowd.address}`];

test('[A31] pipelined requests with unread answers take no memory, and no game is delayed', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const undisturbed = await forwardTimes(host, player, 100);
  const memory = new MemoryGauge(relay.program);
  const crowd = await peers.connectMany(40);
  for (const peer of crowd) peer.stall();
  for (const peer of crowd) peer.write(request('/client.js').repeat(1_600));
  const disturbed = await forwardTimes(host, player, 100);
  expect(memory.look()).toBeLessThan(64);
  disturbed.expectNear(undisturbed, 3);
});

test('[A31] eight open requests are answered in order, and a ninth ends the connection', async () => {
  const polite = await peers.connect();
  polite.write(Array.from({ length: 8 }, (_, n) => request(`/j/ROOM${n}`)).join(''));
  await polite.answers(8);
  expect(polite.statuses).toEqual(Array<number>(8).fill(200));
  const shown = [...polite.text.matchAll(/No game is running under ROOM(\d)</g)].map(([, n]) => Number(n));
  expect(shown.filter((n, at) => n !== shown[at - 1])).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(await polite.ask(request('/healthz'))).toBe(200);
  const greedy = await peers.connect();
  greedy.write(request('/healthz').repeat(9));
  await greedy.rest();
  await relay.logs.ending('too-many-requests', '127.0.0.1');
});

test('[A31] an address that asks too often gets 429, and others do not', async () => {
  const crowd = new Behind(relay);
  const seen: number[] = [];
  for (let n = 0; n < 60; n++) {
    const peer = await peers.connect();
    seen.push(await peer.ask(request('/healthz', from(crowd))));
    if (seen.at(-1) !== 429) continue;
    expect(peer.text).toMatch(/Retry-After: [1-9]/i);
    await peer.rest();
    break;
  }
  expect(seen.length).toBeGreaterThan(50);
  expect(seen.filter((status) => status === 200)).toHaveLength(seen.length - 1);
  await relay.logs.ending('too-many-requests', crowd.address);
  const other = await peers.connect();
  expect(await other.ask(request('/healthz', from(new Behind(relay))))).toBe(200);
  // Who plays plays on.
  await crowd.player(await crowd.host(), '467');
});

test('[A24] requests from loopback are all answered, one after the other', async () => {
  const peer = await peers.connect();
  for (let n = 0; n < 200; n++) expect(await peer.ask(request('/healthz'))).toBe(200);
});

test('[A31] no game is delayed when an address floods the relay with requests', async () => {
  const crowd = new Behind(relay);
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const undisturbed = await forwardTimes(host, player, 100);
  let isOver = false;
  let answered = 0;
  const begun = performance.now();
  const storm = Array.from({ length: 4 }, async () => {
    while (!isOver) {
      const peer = await peers.connect();
      peer.write(request('/healthz', from(crowd)).repeat(1_000));
      await peer.rest();
      answered += peer.statuses.filter((status) => status === 200).length;
    }
  });
  const disturbed = await forwardTimes(host, player, 100);
  isOver = true;
  await Promise.all(storm);
  disturbed.expectNear(undisturbed, 3);
  expect(answered).toBeLessThanOrEqual(51 + (performance.now() - begun) / 1_000);
});

/** Requests one after the other, without reading any answer, until the system takes no more of them. */
async function fill(path: string): Promise<Awaited<ReturnType<typeof peers.connect>>> {
  const deaf = await peers.connect();
  deaf.stall();
  const clock = await peers.connect();
  for (let n = 0; n < 300 && !deaf.isEnded; n++) {
    deaf.write(request(path));
    await clock.ask(request('/healthz'));
  }
  return deaf;
}

test.each([
  ['and stays', () => undefined],
  ['and ends its side', (peer: { halfClose(): void }) => peer.halfClose()],
])('[A33] a client that reads no answer %s is cut off', async (_, then) => {
  const before = relay.logs.count('(slow-reader)');
  const deaf = await fill('/party/assets/screen.js');
  then(deaf);
  await relay.logs.until(() => relay.logs.count('(slow-reader)') > before, 'a cut');
  // What the system has is still there to be read, and then the end.
  deaf.resume();
  await deaf.rest();
});

test('[A33] a console that reads its stream stays connected for as long as it is open', async () => {
  const looks = await Looks.open(`${relay.url('').replace('ws', 'http')}/console/live`, {
    Authorization: `Bearer ${TOKEN}`,
  });
  for (let n = 0; n < 6; n++) await looks.next();
});

test('[A31] a WebSocket upgrade behind an unanswered request is refused', async () => {
  const peer = await peers.connect();
  peer.write(request('/healthz') + upgradeRequest());
  await peer.rest();
  expect(peer.statuses).not.toContain(101);
  const patient = await peers.connect();
  expect(await patient.ask(request('/healthz'))).toBe(200);
  expect(await patient.ask(upgradeRequest())).toBe(101);
});

// Fault 5: requests that are not a handshake, never become one, or come in thousands.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { forwardTimes } from '../harness/latencies.js';
import { MemoryGauge, openFilesOf } from '../harness/process-stats.js';
import { upgradeRequest, type RawPeer } from '../harness/raw-peer.js';
import { loginHost, useRelay } from '../harness/relay.js';

const relay = useRelay(...fixed({ requestTimeout: 2, hostPingInterval: 1 }));

/** The status with which the relay answered before it ended the connection; undefined if it said nothing. */
async function refusal(...request: (string | Buffer)[]): Promise<number | undefined> {
  const peer = await relay.rawConnect();
  peer.write(...request);
  const status = peer.head().then(
    (head) => Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]),
    () => undefined,
  );
  await peer.ended;
  return status;
}

const without = (header: string): string =>
  upgradeRequest().replace(new RegExp(`^${header}:.*\r\n`, 'm'), '');

const refused: [string, (string | Buffer)[], number | undefined][] = [
  ['a header of 64 KB', [upgradeRequest('/', [`X-Filler: ${'x'.repeat(65_536)}`])], 431],
  ['a path of 64 KB', [upgradeRequest(`/${'x'.repeat(65_536)}`)], 431],
  [
    '10,000 headers',
    [
      upgradeRequest(
        '/',
        Array.from({ length: 10_000 }, (_, n) => `X-${n}: x`),
      ),
    ],
    431,
  ],
  ['garbage', [Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * 7_919) % 256))], 400],
  ['the hello of TLS', [Buffer.from('16030100c8010000c40303', 'hex'), Buffer.alloc(200)], 400],
  [
    'junk pipelined behind a request',
    ['GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\njunk\r\n\r\n'],
    200,
  ],
  ['no key', [without('Sec-WebSocket-Key')], 400],
  ['a key of the wrong length', [upgradeRequest().replace('dGhl', '')], 400],
  ['no version', [without('Sec-WebSocket-Version')], 400],
  ['a version of the future', [upgradeRequest().replace('Version: 13', 'Version: 99')], 400],
  ['another method', [upgradeRequest().replace('GET', 'POST')], 405],
  [
    'another protocol',
    [
      upgradeRequest()
        .replace('Connection: Upgrade', 'Connection: Upgrade, close')
        .replace(': websocket', ': h2c'),
    ],
    200,
  ],
  ['a tunnel', ['CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n'], undefined],
];
test.each(refused)('[A3] %s is refused, and disturbs no other peer', async (_, request, status) => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const answered = await refusal(...request);
  expect(answered).toBe(status);
  await forwardTimes(host, player, 1);
});

test('[A3] HTTP/1.0, as an old proxy speaks it, gets an answer or is closed', async () => {
  const peer = await relay.rawConnect();
  peer.write(upgradeRequest().replace('HTTP/1.1', 'HTTP/1.0'));
  await Promise.race([peer.head(), peer.ended]);
});

/** Requests that begin and do not end. */
const halves: [string, string][] = [
  ['nothing', ''],
  ['a first line', 'GET / HTTP/1.1\r\n'],
  ['half of its headers', upgradeRequest().slice(0, -30)],
  ['a body that does not come', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{'],
];

test('[A3] 2,000 incomplete requests time out, and disturb no other peer', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const undisturbed = await forwardTimes(host, player, 100);
  const before = openFilesOf(relay.program);
  const memory = new MemoryGauge(relay.program);
  const peers: RawPeer[] = [];
  while (peers.length < 2_000) {
    const some = await Promise.all(Array.from({ length: 100 }, () => relay.rawConnect()));
    for (const peer of some) peer.write(halves[peers.push(peer) % halves.length]?.[1] ?? '');
  }
  const disturbed = await forwardTimes(host, player, 100);
  disturbed.expectNear(undisturbed, 3);
  expect(memory.look()).toBeLessThan(96);
  await Promise.all(peers.map((peer) => peer.rest()));
  for (const peer of peers) peer.vanish();
  await host.fence();
  expect(openFilesOf(relay.program)).toBeLessThan(before + 20);
  await forwardTimes(host, player, 1);
});

test('[A3] a client that sends its request byte by byte gets no more time than others', async () => {
  // A host that is pinged each second is the clock.
  const clock = await relay.rawUpgraded(loginHost(relay.code()));
  const slow = await relay.rawConnect();
  const request = upgradeRequest();
  let sent = 0;
  const over = slow.ended.then(() => true);
  while (!(await Promise.race([over, clock.frame().then(() => false)]))) slow.write(request[sent++] ?? '');
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(20);
});

test('[A3] 2,000 peers that vanish during the handshake do not disturb the others', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const undisturbed = await forwardTimes(host, player, 100);
  const before = openFilesOf(relay.program);
  let open = 0;
  const storm = Promise.all(
    Array.from({ length: 50 }, async () => {
      for (let n = 0; n < 40; n++) {
        const peer = await relay.rawUpgraded();
        open++;
        peer.vanish();
      }
    }),
  );
  const disturbed = await forwardTimes(host, player, 100);
  await storm;
  expect(open).toBe(2_000);
  disturbed.expectNear(undisturbed, 3);
  await host.fence();
  expect(openFilesOf(relay.program)).toBeLessThan(before + 20);
});

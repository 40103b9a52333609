// Rule A34, and what else a request may bring along that no route wants.
import { afterEach, expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { HttpPeers, request } from '../harness/http-peer.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { useRelay } from '../harness/relay.js';

const TOKEN = 'correct-horse-battery';
const BEARER = `Authorization: Bearer ${TOKEN}`;
const relay = useRelay('--operator-token', TOKEN, ...fixed({ requestTimeout: 2 }));
const peers = new HttpPeers(() => Number(new URL(relay.url()).port));
afterEach(() => peers.sweep());

const sized = (bytes: number): string[] => [`Content-Length: ${bytes}`, 'Content-Type: application/json'];

test.each([
  ['POST', '/console/drain', sized(100_000)],
  ['POST', '/', sized(1_025)],
  ['PUT', '/client.js', sized(10 ** 9)],
  ['GET', '/healthz', sized(5_000)],
  ['OPTIONS', '/v1/why', sized(5_000)],
  ['POST', '/', ['Transfer-Encoding: chunked']],
  ['POST', '/', ['Expect: 100-continue', ...sized(100_000)]],
])('[A34] the relay does not wait for the body of %s %s with %j', async (method, path, headers) => {
  const peer = await peers.connect();
  expect(await peer.ask(request(path, [BEARER, ...headers], method))).toBe(413);
  await peer.rest();
  expect(peer.statuses).toEqual([413]);
});

test('[A34] the relay does not store a large body', async () => {
  const memory = new MemoryGauge(relay.program);
  const crowd = await peers.connectMany(50);
  for (const peer of crowd) peer.write(request('/', sized(2 ** 21), 'POST', 'x'.repeat(2 ** 21)));
  await Promise.all(crowd.map((peer) => peer.rest()));
  expect(memory.look()).toBeLessThan(64);
});

test.each([
  ['no body', [], '', [200]],
  ['a small one, which is ignored', sized(2), '{}', [200]],
  ['one that is not JSON', sized(1), '{', [200]],
  ['one that is announced', ['Expect: 100-continue', ...sized(2)], '{}', [100, 200]],
  ['an expectation that is not known', ['Expect: the-unexpected'], '', [200]],
])('[A34] an action may come with %s', async (_, headers, body, statuses) => {
  const peer = await peers.connect();
  const action = '/console/drain?on=false';
  peer.write(request(action, [BEARER, ...headers], 'POST', body));
  await peer.answers(statuses.length);
  expect(peer.statuses).toEqual(statuses);
  expect(await peer.ask(request('/healthz'))).toBe(200);
});

test('[A3] a small body that never comes gets no more time than a request', async () => {
  const peer = await peers.connect();
  await peer.ask(request('/', sized(10), 'POST'));
  await peer.rest();
});

test('[A34] a request without a Host is refused', async () => {
  const peer = await peers.connect();
  expect(await peer.ask('GET /healthz HTTP/1.1\r\n\r\n')).toBe(400);
  await peer.rest();
});

test.each(['/party', '/client.js', '/healthz', '/nowhere', '/console', '/v1/why'])(
  '%s does not reveal its framework',
  async (path) => {
    const peer = await peers.connect();
    await peer.ask(request(path));
    expect(peer.text).not.toMatch(/X-Powered-By|Express/i);
  },
);

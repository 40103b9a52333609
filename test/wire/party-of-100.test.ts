// Rule A25, as HTTP sees it: phones behind one address that load the party page, wait, and play.
import { afterEach, expect, test } from 'vitest';
import { HttpPeers, request } from '../harness/http-peer.js';
import { useRelay } from '../harness/relay.js';
import { Behind, TRUSTING } from '../harness/behind.js';

const PHONES = 100;
const DEFAULTS = ['--max-connections-per-address', '512', '--new-connections-per-second', '20'];
const relay = useRelay(...TRUSTING, ...DEFAULTS);
const peers = new HttpPeers(() => Number(new URL(relay.url()).port));
afterEach(() => peers.sweep());

/** The files that a page names, and those that its scripts import, as a browser asks for them. */
async function load(page: string, headers: string[]): Promise<number[]> {
  const connections = await peers.connectMany(6);
  const [first] = connections;
  const statuses = [await first!.ask(request(page, headers))];
  await first!.whole();
  const files = [...first!.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, file = '']) => file);
  expect(files.length).toBeGreaterThan(4);
  const paths = files.map((file) => new URL(file, `http://relay.example${page}`).pathname);
  const asked = [...paths, '/favicon.ico'].map((path, at) => ({ path, peer: connections[at % 6]! }));
  // A connection asks for the next file when it has the last one.
  await Promise.all(
    connections.map(async (peer) => {
      for (const { path } of asked.filter((one) => one.peer === peer)) {
        statuses.push(await peer.ask(request(path, headers)));
        await peer.whole();
      }
    }),
  );
  return statuses;
}

test('[A25] 100 phones that load the page at once, poll, join and ask why hit no limit', async () => {
  const crowd = new Behind(relay);
  const headers = [`X-Forwarded-For: ${crowd.address}`];
  const host = await crowd.host();
  const loads = await Promise.all(Array.from({ length: PHONES }, () => load(`/party/${host.code}`, headers)));
  expect(new Set(loads.flat())).toEqual(new Set([200, 404]));
  expect(loads.flat().filter((status) => status === 404)).toHaveLength(PHONES);
  const polling = await peers.connectMany(PHONES);
  // Each 1.5 s they ask, so these are the polls of six seconds at once.
  for (let round = 0; round < 4; round++) {
    const open = await Promise.all(polling.map((peer) => peer.ask(request(`/j/${host.code}/open`, headers))));
    expect(new Set(open)).toEqual(new Set([200]));
  }
  for (let n = 0; n < PHONES; n++) await crowd.player(host, String(n));
  const why = request(`/v1/why?server_code=${host.code}&client_id=1`, headers);
  const answers = await Promise.all(polling.map((peer) => peer.ask(why)));
  expect(new Set(answers)).toEqual(new Set([200]));
  await relay.fenceLog();
  for (const ending of ['too-many-requests', 'too-many-connections'])
    expect(relay.logs.count(ending, crowd.address)).toBe(0);
});

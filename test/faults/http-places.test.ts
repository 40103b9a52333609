// Rule A32: connections that only ask by HTTP, or say nothing, and the places of games.
import { afterEach, describe, expect, test } from 'vitest';
import { useOddRelays } from '../harness/odd-relay.js';
import { type HttpPeer, HttpPeers, request } from '../harness/http-peer.js';
import { useRelay } from '../harness/relay.js';
import { Behind, TRUSTING } from '../harness/behind.js';

const start = useOddRelays();
const ASK = request('/healthz');

describe('for the whole process', () => {
  test.each([
    ['ask again and again', (peer: HttpPeer) => peer.ask(ASK)],
    ['say nothing', () => Promise.resolve(undefined)],
    ['have begun a request', (peer: HttpPeer) => Promise.resolve(peer.write(ASK.slice(0, 20)))],
  ])('[A32] connections that %s do not take the places of games', async (_, act) => {
    const relay = await start(['--max-connections', '60']);
    const peers = new HttpPeers(() => relay.port);
    const crowd = await peers.connectMany(59);
    for (const peer of crowd) await act(peer);
    for (let n = 0; n < 20; n++) {
      await relay.party();
      for (const peer of await peers.connectMany(5)) await act(peer);
    }
    await Promise.all(crowd.map((peer) => peer.rest()));
    peers.sweep();
  });

  test('[A32] the connection that has been idle for longest goes first', async () => {
    const relay = await start(['--max-connections', '10']);
    const peers = new HttpPeers(() => relay.port);
    const crowd = await peers.connectMany(10);
    for (const peer of crowd) await peer.ask(ASK);
    await crowd[0]?.ask(ASK);
    await peers.connectMany(2);
    await Promise.all([crowd[1]?.rest(), crowd[2]?.rest()]);
    expect(await crowd[0]?.ask(ASK)).toBe(200);
    expect(crowd.filter((peer) => peer.isEnded)).toHaveLength(2);
    peers.sweep();
  });
});

describe('for one address', () => {
  const relay = useRelay(...TRUSTING, '--max-connections-per-address', '10');
  const peers = new HttpPeers(() => Number(new URL(relay.url()).port));
  afterEach(() => peers.sweep());

  test('[A32] an address may have as many idle connections as WebSockets', async () => {
    const crowd = new Behind(relay);
    const other = await peers.connect();
    await other.ask(request('/healthz', [`X-Forwarded-For: ${new Behind(relay).address}`]));
    const asking = request('/healthz', [`X-Forwarded-For: ${crowd.address}`]);
    const all = await peers.connectMany(30);
    for (const peer of all) expect(await peer.ask(asking)).toBe(200);
    await Promise.all(all.slice(0, 20).map((peer) => peer.rest()));
    for (const peer of [...all.slice(20), other]) expect(await peer.ask(asking)).toBe(200);
    // They do not count as the address's WebSockets.
    for (let count = 0; count < 10; count++) expect(await crowd.status()).toBe(101);
    expect(await crowd.status()).toBe(429);
  });
});

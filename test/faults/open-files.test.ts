// Fault 10: a relay that may open few files.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { useOddRelays } from '../harness/odd-relay.js';
import { RawPeer, upgradeRequest } from '../harness/raw-peer.js';

const start = useOddRelays();

/** What 256 open files leave for connections. */
const ALLOWED = 192;

/** Opens connections until the relay closes one at once, and returns those that it took. */
async function fill(port: number, most: number): Promise<RawPeer[]> {
  const peers: RawPeer[] = [];
  while (peers.length < most) {
    const peer = await RawPeer.connect(port);
    peer.write(upgradeRequest());
    const isTaken = await Promise.race([
      peer.head().then(
        () => true,
        () => false,
      ),
      peer.ended.then(() => false),
    ]);
    if (!isTaken) return peers;
    peers.push(peer);
  }
  return peers;
}

test('[A14] with 256 files there are 192 connections; the relay closes others at once, and those go on', async () => {
  const relay = await start(fixed({ maxPendingLogins: 0 }), { prefix: 'ulimit -n 256;' });
  const peers = await fill(relay.port, 300);
  expect(peers).toHaveLength(ALLOWED);
  // Connections that are closed at once, again and again, use up nothing.
  for (let n = 0; n < 500; n++) await (await RawPeer.connect(relay.port)).rest();
  for (const peer of peers) await peer.fence();
  for (const peer of peers.splice(0, 10)) peer.vanish();
  for (const peer of peers) await peer.fence();
  await relay.party();
  expect(await relay.stop()).toBe(0);
});

test('[A14] the option applies when it is the lower limit', async () => {
  const relay = await start(['--max-connections', '20']);
  const peers = await fill(relay.port, 100);
  expect(peers).toHaveLength(20);
  for (const peer of peers.splice(0, 10)) peer.vanish();
  for (const peer of peers) await peer.fence();
  await relay.party();
});

// Fault 11: the clock of the machine is set, a day forward and a day back.
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { movableClock, setClock } from '../harness/clock.js';
import { Connection } from '../harness/connection.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { useOddRelays, type OddRelay } from '../harness/odd-relay.js';
import { RawPeer, upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, loginPlayer } from '../harness/relay.js';

const start = useOddRelays();

const SECONDS = [
  ...['--login-timeout', '3', '--player-silence', '3', '--host-silence', '3', '--log-level', 'debug'],
  ...fixed({ requestTimeout: 3 }),
];

/** Those for whom time runs: each is ended after three seconds. */
async function condemned(relay: OddRelay, code: string): Promise<RawPeer[]> {
  const half = await RawPeer.connect(relay.port);
  half.write(upgradeRequest().slice(0, -10));
  const silent = await RawPeer.upgraded(relay.port, loginPlayer(code, 'silent'));
  return [half, silent, await RawPeer.upgraded(relay.port)];
}

/** How long it took until the relay had ended all of them, the first of them and the last, in milliseconds. */
async function lifetimes(peers: RawPeer[]): Promise<number[]> {
  const begun = performance.now();
  return Promise.all(peers.map((peer) => peer.rest().then(() => performance.now() - begun)));
}

async function connect(relay: OddRelay, login: string): Promise<Connection> {
  const connection = await Connection.open(relay.url());
  connection.send(login);
  await connection.fence();
  return connection;
}

test('[A28] a clock that is set a day forward, and back, ends no peer early and keeps none longer', async () => {
  const relay = await start(SECONDS, { prefix: movableClock });
  const stamps: number[] = [];
  createInterface({ input: relay.stdout }).on('line', (line) => {
    stamps.push((JSON.parse(line) as { timestamp: number }).timestamp);
  });
  const host = await connect(relay, loginHost('SNEK'));
  const player = await connect(relay, loginPlayer('SNEK', '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  for (const days of [1, -1] as const) {
    const peers = await condemned(relay, 'SNEK');
    expect(await host.next()).toBe(connectNotice('silent'));
    setClock(relay.child, days);
    for (const lifetime of await lifetimes(peers)) {
      expect(lifetime).toBeGreaterThan(1_500);
      expect(lifetime).toBeLessThan(30_000);
    }
    expect(await host.next()).toBe(disconnectNotice('silent'));
    for (const peer of [host, player]) await peer.expectNothing();
  }
  // The clock was really set: the log shows a day between two lines, twice.
  const jumps = stamps.map((stamp, n) => Math.abs(stamp - (stamps[n - 1] ?? stamp)));
  expect(jumps.filter((jump) => jump > 80_000_000)).toHaveLength(2);
  for (const peer of [host, player]) peer.dispose();
  expect(await relay.stop()).toBe(0);
});

// What a running relay writes into its ledger.
import { expect, test, vi } from 'vitest';
import { RelayModule, type RelayOptions } from '../../../src/index.js';
import { type EndingEntry, isEnding } from '../../../src/operator/ledger/entry.js';
import { Ledger } from '../../../src/operator/ledger/ledger.js';
import { LedgerModule } from '../../../src/operator/ledger/ledger.module.js';
import { Tally } from '../../../src/operator/ledger/tally.js';
import { startBackend, type Backend } from '../../embed/backend.js';
import { fixForTest } from '../../harness/fixed.js';
import { Connection } from '../../harness/connection.js';
import { RawPeer, upgradeRequest } from '../../harness/raw-peer.js';
import { loginHost, loginPlayer } from '../../harness/relay.js';

type Booked = Backend & { ledger: Ledger; tally: Tally };

async function startBooked(options: Partial<RelayOptions> = {}): Promise<Booked> {
  const relay = RelayModule.forRoot({ trustProxy: ['loopback'], ...options });
  const backend = await startBackend({ imports: [relay, LedgerModule] });
  const { app } = backend;
  return { ...backend, ledger: app.get(Ledger, { strict: false }), tally: app.get(Tally, { strict: false }) };
}

/** The newest entry, when there are `count`. */
async function entry(ledger: Ledger, count: number): Promise<EndingEntry> {
  await vi.waitFor(() => expect(ledger.entries()).toHaveLength(count), 10_000);
  return ledger.entries().filter(isEnding)[0]!;
}

test('[O7] the ledger keeps an ending with all its counters', async () => {
  fixForTest({ playerPingInterval: 1 });
  const { peers, ledger } = await startBooked();
  const host = await peers.host('SNEK');
  const player = await peers.player(host, '467');
  player.send({ a: 'x'.repeat(1_000) });
  host.send('all');
  await Promise.all([host.next(), player.next()]);
  await vi.waitFor(() => expect(player.pings).toBeGreaterThan(0), 30_000);
  await player.fence();
  player.send('oops');
  await player.closed();
  const kept = await entry(ledger, 1);
  expect(kept).toMatchObject({
    ...{ ending: 'not-json', rule: 'P8', role: 'player', serverCode: 'SNEK', clientId: '467' },
    ...{ address: '127.0.0.1', messagesIn: 3, messagesOut: 1, waiting: 0, times: 1 },
  });
  expect(kept.bytesIn).toBeGreaterThan(1_000);
  expect(kept.bytesIn).toBeLessThan(2_000);
  expect(kept.bytesOut).toBeGreaterThan(100);
  expect(kept.bytesOut).toBeLessThan(500);
  expect(kept.duration).toBeGreaterThan(500);
  expect(kept.roundTrip).toBeGreaterThan(0);
  expect(Math.abs(Date.now() - kept.at.getTime())).toBeLessThan(60_000);
});

test('[O7] the ledger keeps a refused login with the code and id that it asked for', async () => {
  const { peers, ledger } = await startBooked();
  await (await peers.saying(loginPlayer('SNEX', '467'))).closed();
  expect(await entry(ledger, 1)).toMatchObject({
    ...{ ending: 'no-such-code', role: 'player', serverCode: 'SNEX', clientId: '467', messagesIn: 1 },
  });
});

test('[O7] the ledger keeps refused upgrade requests, many from one address as one entry', async () => {
  fixForTest({ burstSeconds: 2 });
  const { port, ledger, tally } = await startBooked({ newConnectionsPerSecond: 1 });
  const headers = { 'X-Forwarded-For': '198.51.100.1' };
  const attempts = Array.from({ length: 20 }, () => Connection.open(`ws://127.0.0.1:${port}`, { headers }));
  const results = await Promise.allSettled(attempts);
  const refused = results.filter(({ status }) => status === 'rejected').length;
  for (const result of results) if (result.status === 'fulfilled') result.value.dispose();
  expect(refused).toBeGreaterThan(10);
  const kept = ledger
    .entries()
    .filter(isEnding)
    .filter(({ ending }) => ending === 'too-many-new-connections-of-address');
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ address: '198.51.100.1', rule: 'A16', times: refused });
  expect(tally.endings).toContainEqual({
    ...{ role: 'none', reason: 'too-many-new-connections-of-address', count: refused },
  });
});

test('[E13] a request that ws refuses, and a peer that leaves at once, are entries in a larger backend too', async () => {
  const { port, ledger, tally } = await startBooked();
  const peer = await RawPeer.connect(port);
  peer.write(upgradeRequest('/', ['X-Forwarded-For: 198.51.100.1']).replace(': 13', ': 12'));
  expect(await peer.head()).toMatch(/^HTTP\/1\.1 400 /);
  expect(await entry(ledger, 1)).toMatchObject({
    ending: 'bad-handshake',
    address: '198.51.100.1',
    times: 1,
  });
  await (await Connection.open(`ws://127.0.0.1:${port}`)).leave();
  expect(await entry(ledger, 2)).toMatchObject({ ending: 'left-before-login', messagesIn: 0 });
  // What is not an upgrade request is the backend's own.
  const other = await RawPeer.connect(port);
  other.write('nonsense\r\n\r\n');
  await other.rest();
  expect(tally.endings.map(({ reason }) => reason)).toEqual(['bad-handshake', 'left-before-login']);
});

test('logins and endings are counted by role and reason', async () => {
  const { peers, tally } = await startBooked();
  const host = await peers.host('SNEK');
  await (await peers.player(host, '467')).leave();
  await host.next();
  await (await peers.saying(loginHost('SNEK'))).closed();
  await (await peers.saying('oops')).closed();
  expect(tally.logins).toEqual([
    { role: 'host', reason: 'granted', count: 1 },
    { role: 'player', reason: 'granted', count: 1 },
    { role: 'host', reason: 'code-taken', count: 1 },
    { role: 'none', reason: 'not-json', count: 1 },
  ]);
  expect(tally.endings).toEqual([
    { role: 'player', reason: 'left', count: 1 },
    { role: 'host', reason: 'code-taken', count: 1 },
    { role: 'none', reason: 'not-json', count: 1 },
  ]);
});

// Fault: bugs of the relay itself, one in each method between a node and the others.
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TIMINGS } from '../../src/cluster/timings.js';
import { Connection } from '../harness/connection.js';
import { NatsServer } from '../harness/nats-server.js';
import { Node, isUp, settleCodes } from '../harness/node.js';
import { OddRelay } from '../harness/odd-relay.js';
import { orClosed } from '../harness/or-closed.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { Saboteur, sabotage, type Target } from '../harness/saboteur.js';

const targets: Target[] = [
  ['cluster/shared-backbone.js', 'SharedBackbone'],
  ['cluster/node-listener.js', 'NodeListener'],
  ['cluster/link/strangers.js', 'Strangers'],
  ['cluster/link/living-nodes.js', 'LivingNodes'],
  ['cluster/players/seat-desk.js', 'SeatDesk'],
  ['cluster/players/seat-requests.js', 'SeatRequests'],
  ['cluster/claims/membership.js', 'Membership'],
  ['cluster/claims/renewal.js', 'Renewal'],
  ['cluster/claims/claims.js', 'Claims'],
  ['cluster/claims/lease.js', 'Lease'],
  ['cluster/claims/epoch.js', 'Epoch'],
  ['cluster/players/link-hub.js', 'LinkHub'],
  ['cluster/players/link-ends.js', 'LinkEnds'],
  ['cluster/players/guests.js', 'Guests'],
  ['cluster/players/guest-group.js', 'GuestGroup'],
  ['cluster/players/away-players.js', 'AwayPlayers'],
  ['cluster/link/links.js', 'Links'],
  ['cluster/link/link.js', 'Link'],
  ['cluster/link/frame-writer.js', 'FrameWriter'],
  ['cluster/link/record-reader.js', 'RecordReader'],
  ['cluster/broker/nats/nats-table.js', 'NatsTable'],
  ['cluster/broker/nats/nats-broker.js', 'NatsBroker'],
];

/** What is called when the lease is renewed, with parties or without. */
const TIMED =
  /^(Lease\.(renew|takeGap|update)|Epoch\.(look|saw|isSettledAs)|Membership\.(beat|move|look|inTime)|Renewal\.\w+|Claims\.tidy|SharedBackbone\.(tick|renew))$/;

const nats = new NatsServer();
let sound: Node;
let buggy: OddRelay;
let saboteur: Saboteur;
let isTold = (_bug: string): boolean => false;
let codes = 0;

beforeAll(async () => {
  await nats.start();
  await settleCodes(nats.url);
  sound = new Node(['--nats', nats.url]);
  await sound.start();
  await isUp(sound);
  await open();
});
afterAll(async () => {
  buggy.kill();
  await sound.kill();
  await nats.stop();
});

/** A node with bugs. */
async function open(): Promise<void> {
  const flags = ['--nats', nats.url, '--log-level', 'warn'];
  buggy = new OddRelay(flags, { ...sabotage(targets), suffix: '2>&1' });
  const log: string[] = [];
  createInterface({ input: buggy.stdout }).on('line', (line) => log.push(line));
  isTold = (bug) => log.some((line) => line.includes(bug));
  saboteur = new Saboteur(buggy);
  await buggy.listening();
  await untilPlayed();
}

/** Host on one node, player on the other, and a message each way. Throws if anything of it does not happen. */
async function play(hostUrl: string, playerUrl: string): Promise<void> {
  const code = `PARTY${codes++}`;
  const host = await Connection.open(hostUrl);
  const player = await Connection.open(playerUrl);
  try {
    host.send(loginHost(code));
    await orClosed(host, host.loggedIn());
    player.send(loginPlayer(code, '467'));
    player.send('{"n":1}');
    const [connect, message] = await orClosed(player, orClosed(host, host.take(2)));
    if (message !== '{"n":1,"client_id":"467"}')
      throw new Error(`the host got ${String([connect, message])}`);
    host.send('hello');
    const hello = await orClosed(player, player.next());
    if (hello !== 'hello') throw new Error(`the player got ${String(hello)}`);
  } finally {
    host.dispose();
    player.dispose();
  }
}

/** Parties in both directions; one that the bug has met may fail, and after a while none does. */
async function untilPlayed(): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(buggy.child.exitCode).toBeNull();
      await play(sound.url(), buggy.url());
      await play(buggy.url(), sound.url());
    },
    { timeout: 40_000, interval: 100 },
  );
}

async function untilRenewed(): Promise<void> {
  const met = vi.waitFor(() => expect(saboteur.hasThrown).toBe(true), { timeout: 2 * TIMINGS.renewal });
  await met.catch(() => undefined);
}

test.each(targets)('[B19] (%s) an error in any method of %s ends no node, and is logged', async (_, name) => {
  const all = (await saboteur.arm('nothing')).filter((method) => method.startsWith(`${name}.`));
  const faults: string[] = [];
  let met = 0;
  for (const method of all) {
    await saboteur.arm(method);
    try {
      await untilPlayed();
      if (TIMED.test(method)) await untilRenewed();
      if (!saboteur.hasThrown) continue;
      met++;
      await untilPlayed();
      await vi.waitFor(() => expect(isTold(`a bug in ${method}`)).toBe(true), 10_000);
    } catch (error) {
      faults.push(`${method}: ${String(error)}`);
      buggy.kill();
      await open();
    }
  }
  expect(faults).toEqual([]);
  expect(met).toBeGreaterThan(0);
});

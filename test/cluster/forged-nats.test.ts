// Nodes on a real nats-server, at which a process publishes that is not one of them.
import { Kvm } from '@nats-io/kv';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tokenOf } from '../../src/cluster/broker/names.js';
import { CODES, type Node } from '../harness/node.js';
import { type Host, loginPlayer } from '../harness/one-relay.js';
import { orClosed } from '../harness/or-closed.js';
import { dice } from './dice.js';
import { Forger } from './forger.js';
import { useNodes } from './nodes.js';

const relay = useNodes(2);

/** A seat in a room for a player of a node that is called " ": no subject can be made of that. */
const SEAT_FOR_NOBODY = Buffer.from('0100000001206100', 'hex');

/** The request of a node that has no lease. */
const SEAT_FOR_A_STRANGER = Buffer.from('\x02\x01\x01\0\0\0\0\x0cdead-node_00\0\0x\0', 'latin1');

/** The first frame of a link, with a record that says that it is 128 MiB long. */
const HUGE = Buffer.from('0201010000000000000001000000000000000201000000' + '00000008' + '61', 'hex');

let attacker: NatsConnection;
beforeEach(async () => void (attacker = await connect({ servers: new URL(relay.nats.url).host })));
afterEach(() => attacker.close());

async function leases(): Promise<string[]> {
  const bucket = await new Kvm(attacker).open('carparty_leases');
  const names: string[] = [];
  for await (const name of await bucket.keys()) names.push(name);
  return names;
}

/** A host on the first node, and a player on the second. */
async function party(): Promise<{ host: Host; play: () => Promise<void> }> {
  const [a, b] = relay.nodes as [Node, Node];
  const host = await a.host();
  const player = await b.connect();
  player.send(loginPlayer(host.code, '467'));
  await orClosed(player, host.next());
  let n = 0;
  const play = async (): Promise<void> => {
    player.send(`{"n":${++n}}`);
    expect(await host.next()).toBe(`{"n":${n},"client_id":"467"}`);
    host.send(`hello ${n}`);
    expect(await player.next()).toBe(`hello ${n}`);
  };
  await play();
  return { host, play };
}

/** Publishes, where the client of NATS lets it. */
function publish(subject: string, data: Buffer): void {
  if (/^[^\s.*>]+(\.[^\s.*>]+)*$/.test(subject)) attacker.publish(subject, data);
}

function expectAlive(): void {
  expect(relay.nodes.map(({ isRunning }) => isRunning)).toEqual([true, true]);
}

test('[B19] a party across nodes goes on while processes that are not nodes send forged messages', async () => {
  const { host, play } = await party();
  const join = `carparty.join.${tokenOf(host.code)}`;
  const names = await leases();
  // A node of a file before this one may have left its lease.
  expect(names.length).toBeGreaterThanOrEqual(2);
  const subjects = [join, ...names.map((name) => `carparty.link.${name}.*`)];
  publish(join, SEAT_FOR_NOBODY);
  const forger = new Forger(dice(19), subjects, []);
  for (let i = 0; i < 2_000; i++) {
    const { subject, data } = forger.next();
    publish(subject, data);
    for (const name of names) publish(`carparty.link.${name}.forged-${String(i).padStart(5, '0')}`, HUGE);
    if (i % 100 === 0) await play();
  }
  await attacker.flush();
  await play();
  expectAlive();
});

test('[B19] nodes survive any message sent in the name of a node, and new parties work', async () => {
  const { host } = await party();
  const names = await leases();
  const subjects = [`carparty.join.${tokenOf(host.code)}`, ...names.map((name) => `carparty.link.${name}.*`)];
  const forger = new Forger(dice(20), subjects, names);
  for (let i = 0; i < 5_000; i++) {
    const { subject, data } = forger.next();
    publish(subject, data);
  }
  for (const name of names) for (const other of names) publish(`carparty.link.${name}.${other}`, HUGE);
  await attacker.flush();
  await vi.waitFor(async () => (await party()).play(), { timeout: 60_000 });
  expectAlive();
});

test('[B19] an answer goes only to where clients hear answers, whatever subject the question names', async () => {
  const { host, play } = await party();
  const key = 'written.by-a-node';
  const subject = `carparty.join.${tokenOf(host.code)}`;
  attacker.publish(subject, SEAT_FOR_A_STRANGER, { reply: `$KV.${CODES}.${key}` });
  // What is asked later is answered later.
  expect((await attacker.request(subject, SEAT_FOR_A_STRANGER)).string()).toBe('backbone-away');
  await play();
  expect(await (await new Kvm(attacker).open(CODES)).get(key)).toBeNull();
});

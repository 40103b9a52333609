// Nodes that hear what no node has sent, on a fake broker.
import { expect, test } from 'vitest';
import { BrokerError } from '../../src/cluster/broker/broker.js';
import { FRAME_HEADER_LENGTH, FrameKind, readHeader, writeHeader } from '../../src/cluster/link/frame.js';
import { RecordType } from '../../src/cluster/link/record.js';
import { dice } from './dice.js';
import { Forger } from './forger.js';
import type { TestPeer } from './house.js';
import { FakeWorld } from './worlds.js';

/** A hundred thousand in all. */
const FORGERIES = 50_000;

const SEED = Number(process.env['RELAY_TEST_SEED'] ?? 19);

/** A host on the first node, players on all, and what is said between them. */
class Party {
  private n = 0;

  private constructor(
    private readonly world: FakeWorld,
    private readonly host: TestPeer,
    private readonly players: readonly TestPeer[],
  ) {}

  static async open(world: FakeWorld, code: string): Promise<Party> {
    const host = await world.during(world.nodes[0].host(code));
    const players: TestPeer[] = [];
    for (const [i, node] of world.nodes.entries())
      players.push(await world.during(node.player(code, `p${i}`)));
    return new Party(world, host, players);
  }

  /** Proves that what is said arrives, and that nothing else has. */
  async play(): Promise<void> {
    const text = `hello ${++this.n}`;
    this.host.say(text);
    for (const player of this.players) player.say(`{"n":${this.n}}`);
    const ends = (): unknown[] => [this.host, ...this.players].map(({ got }) => got.length);
    await this.world.until(() => String(ends()) === String([3 + 3 * this.n, this.n, this.n, this.n]), text);
    for (const { got } of this.players) expect(got.at(-1)).toBe(text);
  }
}

/** What the nodes met that no broker's answer explains: their own errors. */
function bugs({ shared }: FakeWorld): unknown[] {
  return shared.flatMap(({ errors }) => errors.filter((error) => !(error instanceof BrokerError)));
}

/** Nothing may be thrown to the bringer of a message, and there are never more links than other nodes. */
async function attack(world: FakeWorld, forger: Forger): Promise<void> {
  let mostLinks = 0;
  for (let i = 0; i < FORGERIES; i++) {
    const { subject, data } = forger.next();
    world.broker.forge(subject, data);
    for (const { backbone } of world.shared) mostLinks = Math.max(mostLinks, backbone.counters.links);
    if (i % 200 === 0) await world.time.pass(50);
  }
  expect(mostLinks).toBeLessThan(3);
  expect(bugs(world)).toEqual([]);
}

test('[B19] a process that is not a node makes no link, ends no peer and reaches none', async () => {
  const world = await FakeWorld.settled();
  const party = await Party.open(world, 'SNEK');
  const forger = new Forger(dice(SEED), world.broker.subjects, ['AAAAAAAAAAAA', 'dead-node_00']);
  await attack(world, forger);
  await party.play();
  expect(world.shared.map(({ backbone }) => backbone.counters.links)).toEqual([2, 1, 1]);
  await world.end();
});

test('[B19] no node ends, whatever another process sends in its name, repeated frames included', async () => {
  const world = await FakeWorld.settled();
  const names = world.shared.map(({ backbone }) => backbone.node);
  await Party.open(world, 'SNEK');
  const forger = new Forger(dice(SEED + 1), world.broker.subjects, names);
  world.broker.carried = (subject, data) => forger.see(subject, data);
  await Party.open(world, 'CARS');
  world.broker.carried = undefined;
  await attack(world, forger);
  await world.time.pass(5_000);
  await (await Party.open(world, 'AFTER')).play();
  await world.end();
});

test.each(['constructor', '__proto__', 'toString', 'no-ending'])(
  '[B19] a player that is ended by an unknown word (%s) is ended as if its host had left',
  async (word) => {
    const world = await FakeWorld.settled();
    const [a, b] = world.shared.map(({ backbone }) => backbone.node);
    const subject = `test.link.${b}.${a}`;
    let last: Buffer = Buffer.alloc(0);
    world.broker.carried = (to, data) => void (to === subject && (last = data));
    await world.during(world.nodes[0].host('SNEK'));
    const player = await world.during(world.nodes[1].player('SNEK', '467'));
    await world.time.pass(1_500);
    const header = readHeader(last)!;
    const next = { ...header, kind: FrameKind.Data, sequence: header.sequence + 1 };
    const record = Buffer.from([RecordType.Ended, 1, 0, 0, 0, word.length, 0, 0, 0, ...Buffer.from(word)]);
    const head = writeHeader(Buffer.alloc(FRAME_HEADER_LENGTH), next);
    world.broker.forge(subject, Buffer.concat([head, record]));
    expect(player.ending).toBe('host-left');
    await world.end();
  },
);

test('[B19] a node that has just started is let in at once, also while others are forged', async () => {
  const world = new FakeWorld();
  await world.time.pass(8_000);
  const host = await world.during(world.nodes[0].host('SNEK'));
  for (let i = 0; i < 50; i++) {
    const name = `forged-${String(i).padStart(5, '0')}`;
    for (const { backbone } of world.shared)
      world.broker.forge(
        `test.link.${backbone.node}.${name}`,
        Buffer.from('0201010000000000000001000000', 'hex'),
      );
  }
  const young = world.join();
  const player = await world.during(young.house.player('SNEK', '467'));
  expect([player.ending, host.got]).toEqual([undefined, ['{"action":"connect","client_id":"467"}']]);
  await world.end();
});

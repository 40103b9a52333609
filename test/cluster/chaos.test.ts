// Nodes on a fake broker to which everything happens at once, by a seed: what holds always, holds then.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectNotice } from '../harness/notices.js';
import { dice } from './dice.js';
import type { TestPeer } from './house.js';
import { Mishaps } from './mishaps.js';
import { FakeWorld } from './worlds.js';

interface Member {
  readonly peer: TestPeer;
  readonly id: string;
  readonly code: string;
  said: number;
}

/** A world in which hosts and players come, speak and go while nodes and broker fail. */
class Chaos {
  readonly wrong: string[] = [];
  private readonly hosts: Member[] = [];
  private readonly players: Member[] = [];
  private readonly mishaps: Mishaps;
  private names = 0;

  constructor(
    private readonly world: FakeWorld,
    private readonly roll: () => number,
  ) {
    this.mishaps = new Mishaps(world, roll);
  }

  /** A tenth of a second of somebody's life. */
  async step(): Promise<void> {
    const { roll } = this;
    if (roll() < 0.5) this.mishaps.happen();
    else this[this.mishaps.pick(this.actions)]();
    await this.world.time.pass(roll() < 0.05 ? 6_000 * roll() : 200 * roll());
    this.lookAtOwners();
  }

  /** All that has come must be what was said, in order, without a gap. */
  lookAtHistories(): void {
    for (const { peer, id } of this.players) {
      const numbers = peer.got.map(Number);
      if (numbers.some((n, i) => i > 0 && n !== numbers[i - 1]! + 1))
        this.wrong.push(`${id} got ${numbers.join()}`);
    }
    for (const { peer, id } of this.hosts) {
      const heard = new Map<string, number>();
      for (const text of peer.got) this.hear(id, heard, text);
    }
  }

  private hear(host: string, heard: Map<string, number>, text: string): void {
    const message = JSON.parse(text) as { action?: string; n?: number; client_id: string };
    const last = heard.get(message.client_id);
    const isRight =
      text === connectNotice(message.client_id)
        ? last === undefined
        : message.action === 'disconnect'
          ? last !== undefined && last !== Infinity
          : message.n === (last ?? NaN) + 1;
    if (!isRight) this.wrong.push(`${host} heard ${text} behind ${last}`);
    heard.set(message.client_id, message.action === 'disconnect' ? Infinity : (message.n ?? -1));
  }

  /** At any instant at most one node lets anybody in under a code. */
  private lookAtOwners(): void {
    for (const code of CODES) {
      const owners = this.world.nodes.filter(({ rooms }) => rooms.find(code)?.claim.admits);
      if (owners.length > 1)
        this.wrong.push(`${owners.length} nodes admit to ${code} at ${this.world.time.now}`);
    }
  }

  /** As often as each is named. */
  private readonly actions = [
    ...(['open', 'open', 'join', 'join', 'join', 'join'] as const),
    ...(['speak', 'speak', 'speak', 'speak', 'speak', 'leave'] as const),
  ] as const;

  private open(): void {
    const member = { id: `h${this.names++}`, code: this.mishaps.pick(CODES), said: 0 };
    void this.mishaps
      .pick(this.world.nodes)
      .host(member.code)
      .then((peer) => this.hosts.push({ ...member, peer }));
  }

  private join(): void {
    const member = { id: `p${this.names++}`, code: this.mishaps.pick(CODES), said: 0 };
    void this.mishaps
      .pick(this.world.nodes)
      .player(member.code, member.id)
      .then((peer) => this.players.push({ ...member, peer }));
  }

  private speak(): void {
    for (const host of this.hosts) if (host.peer.ending === undefined) host.peer.say(String(host.said++));
    for (const one of this.players) if (one.peer.ending === undefined) one.peer.say(`{"n":${one.said++}}`);
  }

  private leave(): void {
    this.mishaps.pick([...this.hosts, ...this.players])?.peer.leave();
  }
}

const CODES = ['SNEK', 'CARS'];

/** A frozen node reads nothing: its hosts and players cannot be used by the test meanwhile, which is what sockets do. */
test('[B4] whatever happens to nodes and broker, each peer gets the messages to it in order and without a gap, and a code has one owner', async () => {
  const run = fc.asyncProperty(fc.integer(), async (seed) => {
    const roll = dice(seed);
    const world = await FakeWorld.settled(roll);
    const chaos = new Chaos(world, roll);
    for (let i = 0; i < 300; i++) await chaos.step();
    chaos.lookAtHistories();
    expect(chaos.wrong).toEqual([]);
  });
  await fc.assert(run, { numRuns: Number(process.env['RELAY_TEST_CHAOS'] ?? 20), endOnFailure: true });
});

// Hosts and players who come back, by a seed, while everything happens to nodes and broker.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dice } from './dice.js';
import type { TestPeer } from './house.js';
import { Mishaps } from './mishaps.js';
import { FakeWorld } from './worlds.js';

type Words = Readonly<Record<string, unknown>>;

/** Somebody with a key, over all connections: what was said and heard in the stream of now. */
class Member {
  peer: TestPeer | undefined;
  /** Where it is connected, or was. */
  at = 0;
  stream: string | undefined;
  got = 0;
  said = 0;
  saidBefore = 0;
  isBusy = false;
  /** Has lost its network, whether the relay knows it or not. */
  isGone = false;
  private read = 0;

  /** @param hear takes each message of the stream; `begins` tells of a new one. */
  constructor(
    readonly id: string,
    readonly code: string,
    private readonly hear: (text: string) => void,
    private readonly begins: () => void,
    private readonly wrong: string[],
  ) {}

  /** Is connected, as far as it knows. */
  get isHere(): boolean {
    return !this.isGone && this.peer !== undefined && this.peer.ending === undefined;
  }

  came(peer: TestPeer, at: number): void {
    this.listen();
    this.isBusy = this.isGone = false;
    const [first] = peer.got;
    if (first === undefined) return;
    const welcome = JSON.parse(first) as Words;
    if (welcome['$relay'] !== 'welcome') this.wrong.push(`${this.id} was not welcomed: ${first}`);
    if (welcome['resumed'] === true) this.goesOn(welcome);
    else this.begin(String(welcome['stream']));
    this.peer = peer;
    this.at = at;
    this.read = 1;
  }

  /** Takes what has come meanwhile. */
  listen(): void {
    for (const text of this.peer?.got.slice(this.read) ?? []) {
      this.read++;
      this.got++;
      this.hear(text);
    }
  }

  speak(text: (n: number) => string): void {
    if (!this.isHere || this.peer?.isHeld || this.isBusy) return;
    this.peer?.say(text(this.said++));
  }

  private goesOn({ stream, got }: Words): void {
    const sent = this.said - this.saidBefore;
    if (stream !== this.stream) this.wrong.push(`${this.id} goes on with ${String(stream)}`);
    if (got !== sent) this.wrong.push(`${this.id} sent ${sent}, and ${String(got)} were taken`);
  }

  private begin(stream: string): void {
    this.stream = stream;
    this.got = 0;
    this.saidBefore = this.said;
    this.begins();
  }
}

/** A host, and what it knows of its players. */
class Screen extends Member {
  constructor(id: string, code: string, wrong: string[]) {
    const last = new Map<string, number>();
    const isFresh = new Set<string>();
    const hear = (text: string): void => {
      const { $relay, action, client_id: id = '', resumed, n } = JSON.parse(text) as Heard;
      const isIn = last.has(id);
      const isRight = isIn !== (action === 'connect');
      if (action === 'connect' || (isIn && $relay === 'back' && resumed === false)) isFresh.add(id);
      if (n !== undefined) {
        const before = last.get(id) ?? -1;
        if (!isRight || (isFresh.delete(id) ? n <= before : n !== before + 1))
          wrong.push(`${this.id} heard ${text} behind ${before}`);
        last.set(id, n);
      } else if (!isRight) wrong.push(`${this.id} heard ${text}, which is out of place`);
      else if (action === 'disconnect') last.delete(id);
      else if (action === 'connect') last.set(id, -1);
    };
    super(id, code, hear, () => last.clear(), wrong);
  }
}

interface Heard {
  readonly $relay?: string;
  readonly action?: string;
  readonly client_id?: string;
  readonly resumed?: boolean;
  readonly n?: number;
}

/** A player: the numbers of its host come without a gap in a stream. */
function phone(id: string, code: string, wrong: string[]): Member {
  let last: number | undefined;
  const hear = (text: string): void => {
    if (text.startsWith('{')) return;
    if (last !== undefined && Number(text) !== last + 1) wrong.push(`${id} got ${text} behind ${last}`);
    last = Number(text);
  };
  return new Member(id, code, hear, () => (last = undefined), wrong);
}

const CODES = ['SNEK', 'CARS'];
const WISHES = { grace: 8, hold: 8, players: 'keep' } as const;

class Returns {
  readonly wrong: string[] = [];
  /** How often a stream went on. */
  resumed = 0;
  private readonly screens = CODES.map((code) => new Screen(`the host of ${code}`, code, this.wrong));
  private readonly phones = ['a', 'b', 'c', 'd', 'e'].map((id, i) => phone(id, CODES[i % 2]!, this.wrong));
  private readonly mishaps: Mishaps;

  constructor(
    private readonly world: FakeWorld,
    private readonly roll: () => number,
  ) {
    this.mishaps = new Mishaps(world, roll);
  }

  async step(): Promise<void> {
    const { roll } = this;
    if (roll() < 0.1) this.mishaps.happen();
    const one = this.mishaps.pick([...this.screens, ...this.phones]);
    if (roll() < 0.15 && one.isHere && !this.mishaps.frozen.has(one.at)) this.leave(one);
    else if (!one.isHere) this.come(one);
    for (const screen of this.screens) if (this.isAwake(screen)) screen.speak(String);
    for (const player of this.phones) if (this.isAwake(player)) player.speak((n) => `{"n":${n}}`);
    const ms = roll() < 0.03 ? 6_000 * roll() : 300 * roll();
    await this.world.time.pass(ms);
    for (const [at, { seats }] of this.world.nodes.entries())
      if (!this.mishaps.frozen.has(at)) seats.beat(ms / 1_000);
    for (const member of [...this.screens, ...this.phones]) member.listen();
  }

  private isAwake({ at }: Member): boolean {
    return !this.mishaps.frozen.has(at);
  }

  /** Its network fails; half of the time nobody knows before it comes back. */
  private leave(member: Member): void {
    member.listen();
    if (this.roll() < 0.1) member.peer?.leave();
    else if (this.roll() < 0.5) member.peer?.lose();
    else member.peer?.vanish();
    member.isGone = true;
  }

  private come(member: Member): void {
    const at = this.roll() < 0.7 ? member.at : this.mishaps.pick([0, 1, 2]);
    if (member.isBusy || this.mishaps.frozen.has(at)) return;
    member.isBusy = true;
    member.listen();
    const node = this.world.nodes[at]!;
    const asked = { key: `the key of ${member.id}`, stream: member.stream, got: member.got };
    const login =
      member instanceof Screen
        ? node.host(member.code, { ...WISHES, ...asked })
        : node.player(member.code, member.id, asked);
    void login.then((peer) => {
      const before = member.stream;
      member.came(peer, at);
      if (peer.got.length > 0 && member.stream === before) this.resumed++;
    });
  }
}

test('[R29] whatever happens to nodes and broker, a stream goes on without a gap and without a repetition, or begins anew', async () => {
  let resumed = 0;
  const run = fc.asyncProperty(fc.integer(), async (seed) => {
    const roll = dice(seed);
    const world = await FakeWorld.settled(roll);
    const returns = new Returns(world, roll);
    for (let i = 0; i < 300; i++) await returns.step();
    expect(returns.wrong).toEqual([]);
    resumed += returns.resumed;
  });
  await fc.assert(run, { numRuns: Number(process.env['RELAY_TEST_CHAOS'] ?? 10), endOnFailure: true });
  expect(resumed).toBeGreaterThan(0);
});

// How a node that stood still finds out, whenever that was.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TextMessage } from '../../src/relay/protocol/text-message.js';
import { EAGER_FLUSH } from '../../src/relay/rooms/broadcast.js';
import { Outbox } from '../../src/relay/gateway/connection/outbox.js';
import { WatchedTurn } from '../../src/relay/gateway/connection/watched-turn.js';
import { FakeWorld } from './worlds.js';

/** Milliseconds around which a node has its first lease, and looks at the clock again. */
const FIRST = { from: 20, to: 600, step: 20 } as const;

test('[B5] a node that freezes as soon as it is one of many ends its rooms on waking, before it sends anything', async () => {
  for (let instant = FIRST.from; instant < FIRST.to; instant += FIRST.step) {
    const world = new FakeWorld();
    const codes = world.broker.table('test_codes', 0);
    codes.put('epoch', 'of-the-tests', 0);
    codes.put('of-the-tests.settled', 'tests', 0);
    await world.time.pass(instant);
    const host = await world.during(world.nodes[0].host('SNEK'));
    expect(host.ending, `at ${instant}`).toBeUndefined();
    world.clocks[0].freeze();
    await world.time.pass(9_000);
    world.clocks[0].thaw(() => world.shared[0].backbone.watch.check());
    expect(host.ending, `frozen at ${instant}`).toBe('fenced');
    await world.end();
  }
});

/** A player's outbox on a node whose clock says what `isAwake` says, once it is looked at. */
class Watched extends Outbox {
  static readonly seen: string[] = [];
  static isAwake = true;
  private static readonly turn = new WatchedTurn({ check: () => this.look() });
  private static writesLeft = Infinity;

  static begin(isAwake = true): void {
    this.seen.length = 0;
    this.isAwake = isAwake;
    this.writesLeft = Infinity;
  }

  /** Has the node stand still behind that many writes. */
  static freezeAfter(writes: number): void {
    this.writesLeft = writes;
  }

  private static look(): boolean {
    this.seen.push(this.isAwake ? 'look' : 'woken');
    return this.isAwake;
  }

  private static write(): boolean {
    this.seen.push('write');
    this.isAwake = --this.writesLeft > 0;
    return true;
  }

  constructor() {
    super({ write: () => Watched.write(), writableLength: 0 }, Watched.turn);
  }

  override failed(error: unknown): void {
    throw error;
  }

  close(): void {
    this.flush();
  }
}

const small = new TextMessage(Buffer.from('{}'));
const large = new TextMessage(Buffer.alloc(EAGER_FLUSH));

test('[B5] a node looks at the clock right before each write, as it may freeze between any two', async () => {
  Watched.begin();
  for (let n = 0; n < 3; n++) new Watched().send(small);
  expect(Watched.seen).toEqual([]);
  await setImmediate();
  expect(Watched.seen).toEqual(['look', 'write', 'look', 'write', 'look', 'write']);
});

test('[B5] a node that freezes in the middle of a turn writes nothing of its rest on waking', async () => {
  Watched.begin();
  for (let n = 0; n < 40; n++) new Watched().send(small);
  Watched.freezeAfter(2);
  await setImmediate();
  expect(Watched.seen.filter((what) => what === 'write')).toHaveLength(2);
});

test('[B5] a node looks at the clock before what leaves early, as more is behind it or its receiver is closed', async () => {
  Watched.begin();
  const behind = new Watched();
  behind.send(large);
  behind.send(small);
  const closed = new Watched();
  closed.send(small);
  closed.close();
  expect(Watched.seen).toEqual(['look', 'write', 'look', 'write']);
  await setImmediate();
});

test('[B5] what a closed player had not been given yet is dropped by a node that has just woken', async () => {
  Watched.begin(false);
  const closed = new Watched();
  closed.send(small);
  closed.close();
  expect(Watched.seen).toEqual(['woken']);
  Watched.begin();
  await setImmediate();
  expect(Watched.seen).toEqual([]);
});

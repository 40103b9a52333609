// How a node that stood still finds out, whenever that was.
import { expect, test } from 'vitest';
import { WatchedTurn } from '../../src/routing/watched-turn.js';
import { FakeWorld } from './worlds.js';

/** Milliseconds around which a node has its first lease, and looks at the clock again. */
const FIRST = { from: 20, to: 600, step: 20 } as const;

test('[B5] a node that freezes as soon as it is one of many ends its rooms on waking, before it sends anything', async () => {
  for (let instant = FIRST.from; instant < FIRST.to; instant += FIRST.step) {
    const world = new FakeWorld();
    world.broker.table('test_codes', 0).put('epoch', 'settled of-the-tests', 0);
    await world.time.pass(instant);
    const host = await world.during(world.nodes[0].host('SNEK'));
    expect(host.ending, `at ${instant}`).toBeUndefined();
    world.clocks[0].freeze();
    await world.time.pass(9_000);
    world.clocks[0].thaw(() => world.shared[0].backbone.check());
    expect(host.ending, `frozen at ${instant}`).toBe('fenced');
    await world.end();
  }
});

test('[B5] a node looks at the clock before it reads what a peer has sent, also in the middle of a turn', () => {
  const turn = new WatchedTurn();
  let looks = 0;
  turn.watch = () => looks++;
  turn.atEnd({ flush: () => undefined, failed: () => undefined });
  turn.hear();
  turn.hear();
  expect(looks).toBe(3);
});

// Which names are taken for nodes, by a table of leases that the test answers for.
import { expect, test } from 'vitest';
import { LivingNodes } from '../../../../src/cluster/link/living-nodes.js';
import { FakeTime, NodeClock } from '../../../cluster/fake/fake-clock.js';

const SELF = 'this-node-00';

class Place {
  readonly time = new FakeTime();
  readonly asked: string[] = [];
  readonly errors: unknown[] = [];
  readonly links = new Set<string>();
  answer: (node: string) => Promise<boolean> = () => Promise.resolve(true);
  readonly living = new LivingNodes(SELF, new NodeClock(this.time), 5_000, {
    hasLink: (node) => this.links.has(node),
    hasLease: (node) => {
      this.asked.push(node);
      return this.answer(node);
    },
    failed: (error) => this.errors.push(error),
  });
}

test('[B19] this node asks about another once for as long as a lease may last, and not at all while there is a link', async () => {
  const { living, asked, time, links } = new Place();
  const answers = [living.ask('other-node-0'), living.ask('other-node-0')];
  for (const answer of answers) expect(await answer).toBe(true);
  expect([asked.length, living.isKnown('other-node-0')]).toEqual([1, true]);
  await time.pass(5_000);
  expect(living.isKnown('other-node-0')).toBe(false);
  links.add('other-node-0');
  expect(living.isKnown('other-node-0')).toBe(true);
});

test('[B19] names without a lease, the name of this node, and names that the broker does not answer for are not nodes', async () => {
  const place = new Place();
  place.answer = () => Promise.resolve(false);
  expect(await place.living.ask('dead-node-00')).toBe(false);
  expect(place.living.isKnown('dead-node-00')).toBe(false);
  expect(place.living.ask(SELF)).toBeUndefined();
  place.answer = () => Promise.reject(new Error('no answer'));
  expect(await place.living.ask('other-node-0')).toBe(false);
  expect(place.errors).toHaveLength(1);
  // It is asked about again.
  place.answer = () => Promise.resolve(true);
  expect(await place.living.ask('other-node-0')).toBe(true);
});

test('[B19] a flood of names causes few requests to the broker', async () => {
  const { living, asked, time } = new Place();
  for (let second = 0; second < 10; second++) {
    for (let i = 0; i < 2_000; i++) void living.ask(`f${second}-${i}`);
    await time.pass(1_000);
  }
  expect(asked.length).toBeLessThanOrEqual(10 * 256);
  expect(asked.length).toBeGreaterThan(9 * 256);
});

// A node's standing, over a broker whose answers wait until the test lets them come.
import { expect, test } from 'vitest';
import { Membership } from '../../../../src/cluster/claims/membership.js';
import { Names } from '../../../../src/cluster/broker/names.js';
import { TIMINGS } from '../../../../src/cluster/timings.js';
import { FakeBroker, type FakeClient } from '../../../cluster/fake/fake-broker.js';
import { FakeTime, NodeClock } from '../../../cluster/fake/fake-clock.js';

/** One node's membership, with a store that is settled already. */
class Place {
  readonly time = new FakeTime();
  readonly broker = new FakeBroker(this.time);
  readonly client: FakeClient;
  readonly membership: Membership;
  /** Whether the node might write missing claims, for each time that it confirmed them. */
  readonly confirmed: boolean[] = [];
  /** What happens while the node confirms its claims. */
  during = (): void => undefined;

  constructor() {
    const clock = new NodeClock(this.time);
    const codes = this.broker.table('test_codes', 0);
    codes.put('epoch', 'of-the-tests', 0);
    codes.put('of-the-tests.settled', 'tests', 0);
    this.client = this.broker.client(clock);
    this.membership = new Membership('node', new Names('test'), this.client, clock, TIMINGS, {
      confirm: (_tables, mayMake) => {
        this.confirmed.push(mayMake);
        this.during();
        return Promise.resolve(true);
      },
      leased: () => undefined,
      stateChanged: () => undefined,
      failed: () => undefined,
    });
    this.client.start((isConnected) => {
      if (isConnected) void this.membership.connected();
      else this.membership.disconnected();
    });
  }

  get name(): string {
    return this.membership.standing.name;
  }

  async beat(): Promise<void> {
    void this.membership.beat();
    await this.time.pass(100);
  }
}

async function placeThatIsUp(): Promise<Place> {
  const place = new Place();
  await place.time.pass(100);
  expect(place.name).toBe('up');
  return place;
}

test('[B5] a renewal leaves the standing the same, and moves its trust on', async () => {
  const place = await placeThatIsUp();
  const { standing, trustedUntil } = place.membership;
  await place.time.pass(TIMINGS.renewal);
  await place.beat();
  expect(place.membership.standing).toBe(standing);
  expect(place.membership.trustedUntil).toBeGreaterThan(trustedUntil);
});

test('[B5] a node that stood still while it renewed its lease confirms its claims, and trusts nothing from before', async () => {
  const place = await placeThatIsUp();
  const { standing } = place.membership;
  void place.membership.beat();
  place.membership.distrust();
  expect([place.name, place.membership.isTrusted]).toEqual(['leased', false]);
  await place.time.pass(100);
  expect(place.name).toBe('up');
  expect(place.membership.standing).not.toBe(standing);
  expect(place.confirmed).toHaveLength(2);
});

test('[B5] a node that stands still while it confirms its claims confirms them once more', async () => {
  const place = await placeThatIsUp();
  place.membership.distrust();
  place.during = () => {
    place.during = () => undefined;
    place.membership.distrust();
  };
  await place.beat();
  expect([place.name, place.confirmed.length]).toEqual(['up', 3]);
});

test('[B6] a node that has lost its broker trusts its lease to the end, and no longer', async () => {
  const place = await placeThatIsUp();
  const { trustedUntil } = place.membership;
  place.broker.die();
  expect(place.name).toBe('away');
  expect([place.membership.trustedUntil, place.membership.isTrusted]).toEqual([trustedUntil, true]);
  expect([place.membership.upTables, place.membership.opened]).toEqual([undefined, undefined]);
  await place.time.pass(TIMINGS.trust);
  expect(place.membership.isTrusted).toBe(false);
});

test('[B7] a node whose lease was gone confirms its claims, and waits again before it calls others dead', async () => {
  const place = await placeThatIsUp();
  await place.time.pass(TIMINGS.quarantine);
  await place.beat();
  expect(place.confirmed).toHaveLength(2);
  expect([place.name, place.membership.mayTakeOver]).toEqual(['up', false]);
});

test('[B8] a node finds a store that is too new, and gives out no codes there', async () => {
  const place = await placeThatIsUp();
  place.broker.forget('test_codes');
  await place.beat();
  await place.beat();
  expect([place.name, place.membership.upTables]).toEqual(['settling', undefined]);
  await place.time.pass(TIMINGS.trust);
  for (let i = 0; i < 5; i++) {
    await place.time.pass(TIMINGS.renewal);
    await place.beat();
  }
  expect(place.name).toBe('up');
});

test('[B13] a node that has left makes no lease again, also not by a renewal that was under way', async () => {
  const place = await placeThatIsUp();
  void place.membership.beat();
  void place.membership.release();
  await place.time.pass(1_000);
  await place.beat();
  expect([place.name, place.membership.isTrusted]).toEqual(['left', false]);
});

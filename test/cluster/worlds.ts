// The three kinds of worlds that a backbone is tested in.
import { vi } from 'vitest';
import type { Broker } from '../../src/cluster/broker/broker.js';
import { FrozenWatch } from '../../src/cluster/claims/frozen-watch.js';
import { type Clock, SYSTEM_CLOCK } from '../../src/cluster/clock.js';
import { LocalBackbone } from '../../src/relay/session/local-backbone.js';
import { SharedBackbone } from '../../src/cluster/shared-backbone.js';
import type { BackboneLog } from '../../src/cluster/shared-parts.js';
import { TIMINGS } from '../../src/cluster/timings.js';
import type { RelayOptions } from '../../src/config/relay-options.js';
import { EventLoopTurn } from '../../src/relay/gateway/connection/event-loop-turn.js';
import { WatchedTurn } from '../../src/relay/gateway/connection/watched-turn.js';
import type { World } from './contract.js';
import { FakeBroker } from './fake/fake-broker.js';
import { FakeTime, NodeClock, settle } from './fake/fake-clock.js';
import { House } from './house.js';

/** What differs from the options of all tests. */
type Options = Partial<RelayOptions>;

/** A node of a shared relay. */
export class SharedNode {
  readonly house: House;
  backbone!: SharedBackbone;
  readonly errors: unknown[] = [];

  constructor(broker: Broker, clock: Clock, prefix = 'test', options: Options = {}) {
    const log: BackboneLog = {
      stateChanged: () => undefined,
      linkLost: () => undefined,
      fenced: () => undefined,
      failed: (error) => this.errors.push(error),
    };
    const watch = new FrozenWatch(clock);
    const turn = new WatchedTurn(watch);
    const backbone = ({ rooms, seats, options: own }: House): SharedBackbone => {
      const { maxPlayersPerRoom, probeHost } = own;
      const limits = { maxPlayersPerRoom, probeHost, maxQueued: 64 * 1024 * 1024 };
      const parts = { ...limits, rooms, seats, broker, turn, clock, watch, timings: TIMINGS, prefix, log };
      return (this.backbone = new SharedBackbone(parts));
    };
    this.house = new House(turn, backbone, options);
    this.backbone.start();
  }
}

/** A relay that is alone is all nodes. */
export function localWorld(): Promise<World> {
  const house = new House(new EventLoopTurn(), () => new LocalBackbone());
  return Promise.resolve({
    nodes: [house, house, house],
    until,
    during: (promise) => promise,
    end: () => settle(),
  });
}

/** Nodes on a fake broker, in a time that passes when a test waits. */
export class FakeWorld implements World {
  readonly time = new FakeTime();
  readonly broker: FakeBroker;
  readonly clocks: readonly [NodeClock, NodeClock, NodeClock];
  readonly shared: readonly [SharedNode, SharedNode, SharedNode];
  private readonly later: SharedNode[] = [];

  constructor(
    random?: () => number,
    private readonly options: Options = {},
  ) {
    this.broker = new FakeBroker(this.time, random);
    const clock = (): NodeClock => new NodeClock(this.time);
    this.clocks = [clock(), clock(), clock()];
    const [a, b, c] = this.clocks;
    this.shared = [this.node(a), this.node(b), this.node(c)];
  }

  /** When the nodes are up and may take over codes. */
  static async settled(random?: () => number, options?: Options): Promise<FakeWorld> {
    const world = new FakeWorld(random, options);
    await world.time.pass(15_000);
    return world;
  }

  /** A node that starts now. */
  join(): SharedNode {
    const node = this.node(new NodeClock(this.time));
    this.later.push(node);
    return node;
  }

  get nodes(): [House, House, House] {
    const [a, b, c] = this.shared;
    return [a.house, b.house, c.house];
  }

  async until(isSo: () => boolean, what: string): Promise<void> {
    const end = this.time.now + 60_000;
    while (!isSo()) {
      if (this.time.now > end) throw new Error(`waited in vain for ${what}`);
      await this.time.pass(20);
    }
  }

  async during<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => void (isOver = true);
    promise.then(over, over);
    await this.until(() => isOver, 'an answer');
    return promise;
  }

  async releaseCodes(house: House): Promise<void> {
    await this.shared.find((node) => node.house === house)?.backbone.releaseCodes();
  }

  async end(): Promise<void> {
    await this.during(Promise.all([...this.shared, ...this.later].map(({ backbone }) => backbone.stop())));
  }

  private node(clock: NodeClock): SharedNode {
    return new SharedNode(this.broker.client(clock), clock, undefined, this.options);
  }
}

/** Nodes on a broker that is really there. */
export async function realWorld(connect: () => Broker, options?: Options): Promise<World> {
  const node = (): SharedNode => new SharedNode(connect(), SYSTEM_CLOCK, 'carparty', options);
  const shared = [node(), node(), node()] as const;
  const nodes = [shared[0].house, shared[1].house, shared[2].house] as const;
  await until(() => shared.every(({ backbone }) => backbone.state === 'up'), 'nodes that are up');
  return {
    nodes,
    until,
    during: (promise) => promise,
    releaseCodes: async (house) => {
      await shared.find((one) => one.house === house)?.backbone.releaseCodes();
    },
    end: async () => {
      await Promise.all(shared.map(({ backbone }) => backbone.stop()));
    },
  };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const look = (): void => {
    if (!isSo()) throw new Error(`waited in vain for ${what}`);
  };
  await vi.waitFor(look, { timeout: 30_000, interval: 5 });
}

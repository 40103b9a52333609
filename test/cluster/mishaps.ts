// What happens to the nodes of a fake world and to its broker, by dice.
import type { FakeWorld } from './worlds.js';

/** Each is a mishap, or the end of one. */
export class Mishaps {
  readonly frozen = new Set<number>();
  /** As often as each is named. */
  private readonly all = [
    ...(['cut', 'heal', 'heal', 'freeze', 'thaw', 'thaw', 'die', 'comeBack', 'comeBack'] as const),
    ...(['forget', 'lossy'] as const),
  ] as const;

  constructor(
    private readonly world: FakeWorld,
    private readonly roll: () => number,
  ) {}

  happen(): void {
    this[this.pick(this.all)]();
  }

  pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.roll() * all.length)]!;
  }

  private cut(): void {
    this.pick([...this.world.broker.clients]).cut();
  }

  private heal(): void {
    for (const client of this.world.broker.clients) if (client.isCut) client.heal();
  }

  private freeze(): void {
    const at = this.pick([0, 1, 2] as const);
    this.world.clocks[at].freeze();
    this.frozen.add(at);
  }

  private thaw(): void {
    for (const [i, clock] of this.world.clocks.entries())
      clock.thaw(() => this.world.shared[i]?.backbone.watch.check());
    this.frozen.clear();
  }

  private die(): void {
    this.world.broker.die();
  }

  private comeBack(): void {
    this.world.broker.comeBack({ isEmpty: !this.world.broker.isUp && this.roll() < 0.2 });
  }

  private forget(): void {
    this.world.broker.forget(this.pick(['test_codes', 'test_leases', undefined]));
  }

  private lossy(): void {
    const chance = (): number => (this.roll() < 0.3 ? this.roll() * 0.1 : 0);
    this.world.broker.mishaps = { lost: chance(), twice: chance(), late: chance() };
  }
}

// What may happen to a game, a phone and its duplicated tabs: steps that make sense at any time, so that a script shrinks.
import fc from 'fast-check';
import type { Role } from './witness.js';

/** How often each happens, in a thousand steps. */
const DEEDS = {
  /** Something on its way arrives, somewhere. */
  move: 560,
  say: 280,
  /** The relay pings. */
  ping: 50,
  /** Nothing passes any more, and neither side learns of it. */
  cut: 20,
  /** The relay learns that a connection is dead. */
  notice: 20,
  /** A script gives its connection up, and opens another. */
  connect: 40,
  /** The page, or the game, begins from nothing. */
  reload: 10,
  /** Another tab has the same key. */
  duplicate: 4,
  leave: 4,
  /** The grace of the phone's seat is over. */
  grace: 4,
  /** The hold of the room is over. */
  hold: 3,
} as const;

type Deed = keyof typeof DEEDS;

export interface Step {
  readonly do: Deed;
  readonly who: Role;
  /** Counts back from the newest tab. */
  readonly tab: number;
  /** Chooses among what there is. */
  readonly at: number;
}

/** What the host asks for. */
export interface Wishes {
  readonly keep: boolean;
  readonly grace: boolean;
  readonly hold: boolean;
  /** Messages that are kept for a peer. */
  readonly most: number;
}

export interface Script {
  readonly wishes: Wishes;
  readonly steps: readonly Step[];
}

const deeds = Object.entries(DEEDS).map(([deed, weight]) => ({
  weight,
  arbitrary: fc.constant(deed as Deed),
}));

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.oneof(...deeds),
  who: fc.constantFrom<Role>('host', 'phone'),
  tab: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2) }),
  at: fc.nat(1_000),
});

const wishes: fc.Arbitrary<Wishes> = fc.record({
  keep: fc.boolean(),
  grace: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  hold: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constant(false)),
  most: fc.integer({ min: 2, max: 21 }),
});

export function scripts(longest: number, shortest = 1): fc.Arbitrary<Script> {
  const steps = fc.array(step, { minLength: shortest, maxLength: longest, size: 'max' });
  return fc.record({ wishes, steps });
}

// What may happen at a random party: steps that can be left out one by one, so that a failing script shrinks.
import fc from 'fast-check';

/** How a peer goes; only a player can offend by what it says. */
export type Way = 'close' | 'half-close' | 'vanish' | 'offend';

/**
 * One step. `who` counts through those who are there at that moment, so that any step makes sense at any time;
 * a step that finds no peer does nothing.
 */
export type Step =
  | { do: 'open'; code: number }
  | { do: 'join'; code: number; id: number }
  | { do: 'say'; who: number; form: number; times: number; binary: boolean }
  | { do: 'tell all'; who: number; form: number; times: number }
  | { do: 'tell one'; who: number; id: number; form: number; times: number }
  | { do: 'stall'; who: number; role: 'host' | 'player' }
  | { do: 'resume'; who: number }
  | { do: 'go'; who: number; way: Way }
  | { do: 'end'; who: number; way: Exclude<Way, 'offend'> };

/** The ids of players: few, so that some are shared; odd, because they may be. */
export const IDS = ['1', 'two "quoted"', 'three\\\n', '🚗'];

/** How many codes there are: few, so that hosts ask for taken ones. */
const CODES = 3;

const who = fc.nat(7);
const times = fc.integer({ min: 1, max: 15 });
const code = fc.nat(CODES - 1);

function step<T extends Step['do'], A extends object>(
  name: T,
  members: {
    [K in keyof A]: fc.Arbitrary<A[K]>;
  },
): fc.Arbitrary<{ do: T } & A> {
  return fc.record(members).map((values) => ({ do: name, ...(values as A) }));
}

/** Scripts of random parties; talk is more frequent than coming and going. */
export const scripts: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof<fc.WeightedArbitrary<Step>[]>(
    { weight: 3, arbitrary: step('open', { code }) },
    { weight: 6, arbitrary: step('join', { code, id: fc.nat(IDS.length - 1) }) },
    { weight: 6, arbitrary: step('say', { who, form: fc.nat(), times, binary: fc.boolean() }) },
    { weight: 5, arbitrary: step('tell all', { who, form: fc.nat(), times }) },
    { weight: 5, arbitrary: step('tell one', { who, id: fc.nat(IDS.length), form: fc.nat(), times }) },
    {
      weight: 2,
      arbitrary: step('stall', { who, role: fc.constantFrom('host' as const, 'player' as const) }),
    },
    { weight: 1, arbitrary: step('resume', { who }) },
    {
      weight: 2,
      arbitrary: step('go', { who, way: fc.constantFrom<Way>('close', 'half-close', 'vanish', 'offend') }),
    },
    {
      weight: 1,
      arbitrary: step('end', {
        who,
        way: fc.constantFrom('close' as const, 'half-close' as const, 'vanish' as const),
      }),
    },
  ),
  { minLength: 10, maxLength: 80, size: 'max' },
);

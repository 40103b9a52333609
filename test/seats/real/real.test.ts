// The scripts of the model on the real relay, many at a time: networks that fail in each way, and what scripts hear.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useRelay } from '../../harness/relay.js';
import { scripts } from '../script.js';
import { RealWorld } from './real-world.js';
import { Tally } from './tally.js';

/** Half of it is kept for each peer: some thirty messages. */
const OUTBOX = '16384';

const relay = useRelay('--max-player-outbox', OUTBOX, '--max-host-outbox', OUTBOX);

/** Another seed each time, said aloud; `SEATS_SEED` plays the same scripts again. */
const seed = Number(process.env['SEATS_SEED'] ?? Math.floor(Math.random() * 1e9));
const runs = Number(process.env['SEATS_REAL_RUNS'] ?? 24);

const LENGTH = 500;

/** Scripts that are played at a time: most of them wait. */
const AT_A_TIME = 40;

test(`[R18] what came is without gap and repetition, or both sides learn of a new stream (SEATS_SEED=${seed})`, async () => {
  const left = [...fc.sample(scripts(LENGTH, LENGTH / 2), { seed, numRuns: runs }).entries()];
  const broken: string[] = [];
  const tally = new Tally();
  const play = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [n, script] = next;
      await RealWorld.play(relay, script, tally).catch((error) =>
        broken.push(`script ${n}: ${String(error)}`),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, play));
  expect(broken).toEqual([]);
  for (const what of ['goes on', 'away', 'back'])
    for (const role of ['host', 'phone']) expect(tally.counts).toHaveProperty([`${role}: ${what}`]);
});

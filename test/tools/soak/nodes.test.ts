// Mixed parties over several nodes with faults by a seed: briefly here, and for hours by `npm run soak -- --faults`.
import { afterEach, expect, test } from 'vitest';
import { Dice } from '../fuzz/dice.js';
import { type FaultName, anyFault, makeFault } from './faults.js';
import { Fleet } from './fleet.js';
import { NodesSoak } from './nodes-soak.js';

/** Given by `npm run soak`; see run.mjs beside this file. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? 0);
const seed = Number(process.env['SOAK_SEED'] ?? Math.floor(Math.random() * 1e9));
const count = Number(process.env['SOAK_NODES'] ?? 3);
const hasFaults = process.env['SOAK_FAULTS'] !== 'no';

/** What is met in a short time, one after the other. */
const SHORT: readonly [FaultName, number][] = [
  ['paused', 1],
  ['killed', 0],
  ['route cut', 5],
  ['broker killed', 1],
];

/** Seconds between two faults. */
const PEACE = minutes > 0 ? 4 : 2;

const stepsPerSecond = minutes > 0 ? 150 : 60;

let fleet: Fleet | undefined;
afterEach(() => fleet?.stop());

test(
  `[B4] parties on ${count} nodes have no gaps and one host for each code, whatever happens to nodes and broker (--seed ${seed})`,
  { timeout: (minutes * 60 + 600) * 1_000 },
  async () => {
    fleet = await Fleet.start(count);
    // Faults follow from the seed alone, however many steps a busy machine makes between them.
    const chance = new Dice(seed);
    const soak = new NodesSoak(fleet, new Dice(seed + 1), stepsPerSecond);
    if (hasFaults && minutes === 0) {
      for (const [name, length] of SHORT) {
        await soak.play(PEACE);
        await soak.suffer(await makeFault(name, length, fleet, chance));
      }
    }
    const end = performance.now() + minutes * 60_000;
    while (performance.now() < end) {
      await soak.play(PEACE);
      if (!hasFaults) continue;
      const fault = await anyFault(fleet, chance);
      console.log(`${new Date().toISOString()} ${fault.name}`);
      await soak.suffer(fault);
    }
    await soak.play(PEACE);
    await soak.end();
    if (minutes > 0) {
      const { steps, successions } = soak.parties;
      console.log(`${steps} steps, ${successions} successions`, soak.faults, fleet.endings);
    }
    for (const ending of hasFaults ? [] : ['link-lost', 'fenced', 'backbone-away', 'internal-error'])
      expect(fleet.endings).not.toHaveProperty(ending);
  },
);

// Fault 13: mixed parties with random faults, for twenty seconds here and for hours by `npm run soak`.
import { expect, test } from 'vitest';
import { Dice } from '../fuzz/dice.js';
import { glassWalls } from '../../harness/inside-view.js';
import { useOddRelays } from '../../harness/odd-relay.js';
import { FLAGS, slopeOf, Soak } from './soak.js';

const start = useOddRelays();

/** Given by `npm run soak`; see run.mjs beside this file. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? 0);
const seed = Number(process.env['SOAK_SEED'] ?? Math.floor(Math.random() * 1e9));

const seconds = minutes > 0 ? minutes * 60 : 15;
/** Behind each of them everybody leaves. */
const epochs = Math.max(3, Math.round(seconds / 30));
const stepsPerSecond = minutes > 0 ? 250 : 80;

/** What surely happens in fifteen seconds. */
const ENDINGS = ['left', 'host-left', 'not-json', 'protocol-error'];

/** Bytes by which the heap may grow in all: what lists and code of Node itself come to. */
const NOISE = 1_500_000;

test(
  `[H7] parties with faults have no gaps, and leave nothing behind (--seed ${seed})`,
  { timeout: (seconds + 300) * 1_000 },
  async () => {
    const relay = await start(FLAGS, { prefix: glassWalls, suffix: '2>&1' });
    const soak = await Soak.on(relay, new Dice(seed), stepsPerSecond);
    for (let epoch = 1; epoch <= epochs; epoch++) {
      await soak.epoch(seconds / epochs);
      if (minutes > 0) console.log(`${epoch} of ${epochs}: ${soak.heaps.at(-1)} bytes of heap`, soak.endings);
    }
    // The first epoch pays for code that was never run before.
    const heaps = soak.heaps.slice(1);
    const slope = slopeOf(heaps);
    if (minutes > 0)
      console.log(`${soak.steps} steps; the heap grows by ${Math.round(slope)} bytes an epoch`);
    expect(slope * (heaps.length - 1)).toBeLessThan(NOISE);
    for (const ending of ENDINGS) expect(soak.endings).toHaveProperty(ending);
    expect(await relay.stop()).toBe(0);
  },
);

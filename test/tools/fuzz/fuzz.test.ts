// Fault 12: random streams of bytes.
import { expect, test, vi } from 'vitest';
import { fixed } from '../../harness/fixed.js';
import { MemoryGauge, openFilesOf } from '../../harness/process-stats.js';
import { useRelay } from '../../harness/relay.js';
import { Fuzzer, BATCH } from './fuzzer.js';
import { streamOf } from './stream.js';

const relay = useRelay('--log-level', 'log', ...fixed({ requestTimeout: 5 }));

/** Given by `npm run fuzz`; see run.mjs beside this file. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0);
const chosen = Number(process.env['FUZZ_SEED'] ?? 0);

const names = { code: 'SNEK', id: 'fuzz', own: 'OWN' };

test('a seed always gives the same bytes, and another seed gives others', () => {
  expect(streamOf(1, names)).toEqual(streamOf(1, names));
  expect(streamOf(1, names)).not.toEqual(streamOf(2, names));
});

/**
 * Plays batches from the seed on while `goesOn` says so. Returns how many streams there were, and what watched the
 * memory since the first ones.
 */
async function play(seed: number, goesOn: (streams: number) => boolean): Promise<[number, MemoryGauge]> {
  const fuzzer = await Fuzzer.on(relay);
  // The first ones pay for code that was never run before.
  for (let warm = 1; warm <= 4; warm++) await fuzzer.batch(-warm * BATCH);
  const files = openFilesOf(relay.program);
  const memory = new MemoryGauge(relay.program);
  let streams = 0;
  for (; goesOn(streams); streams += BATCH) await fuzzer.batch(seed + streams);
  await vi.waitFor(() => expect(openFilesOf(relay.program)).toBeLessThanOrEqual(files), 10_000);
  return [streams, memory];
}

test.runIf(seconds === 0)(
  '[E4] 500 fuzzed connections disturb no other peer, and leave nothing behind',
  async () => {
    const [, first] = await play(1, (streams) => streams < 400);
    expect(first.look()).toBeLessThan(64);
    const seed = Math.floor(Math.random() * 1e9);
    console.log(`fuzzed with --seed ${seed}`);
    const [, second] = await play(seed, (streams) => streams < 100);
    expect(second.look()).toBeLessThan(64);
  },
);

test.runIf(seconds > 0)(
  `[E4] fuzzed connections from seed ${chosen} on`,
  { timeout: (seconds + 120) * 1_000 },
  async () => {
    const end = performance.now() + seconds * 1_000;
    const [streams, memory] = await play(chosen, () => performance.now() < end);
    await memory.expectKept(64);
    console.log(`${streams} streams, from --seed ${chosen} on`);
  },
);

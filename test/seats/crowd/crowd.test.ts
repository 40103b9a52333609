// Seats of many players: keys and shared ids, grace and `unique`, and all ways to come and go.
import { expect, test } from 'vitest';
import { useRelay } from '../../harness/relay.js';
import { Dice } from '../../tools/fuzz/dice.js';
import { Crowd } from './crowd.js';

const relay = useRelay();

/** Another seed each time, said aloud; `SEATS_SEED` plays the same crowds again. */
const seed = Number(process.env['SEATS_SEED'] ?? Math.floor(Math.random() * 1e9));
const crowds = Number(process.env['SEATS_CROWDS'] ?? 12);

const STEPS = 120;

test(`[R12] seats of players that share ids add up, and none is left behind (SEATS_SEED=${seed})`, async () => {
  const broken: string[] = [];
  const play = (_: unknown, n: number): Promise<void> =>
    Crowd.play(relay, new Dice(seed + n), STEPS).catch(
      (error) => void broken.push(`crowd ${n}: ${String(error)}`),
    );
  await Promise.all(Array.from({ length: crowds }, play));
  expect(broken).toEqual([]);
});

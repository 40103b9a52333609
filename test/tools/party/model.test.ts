// A seeded random party against a small model of SPEC.md: no peer gets less, more or anything else than is due.
import fc from 'fast-check';
import { test } from 'vitest';
import { useRelay } from '../../harness/relay.js';
import { RandomParty } from './random-party.js';
import { scripts } from './script.js';

const relay = useRelay();

/** Another seed each time, said aloud; `PARTY_SEED` plays the same parties again. */
const seed = Number(process.env['PARTY_SEED'] ?? Math.floor(Math.random() * 1e9));
const parties = Number(process.env['PARTIES'] ?? 40);

test('in random parties every peer gets exactly what the rules say', async () => {
  console.log(`Playing ${parties} random parties, PARTY_SEED=${seed}.`);
  const property = fc.asyncProperty(scripts, (script) => RandomParty.play(relay, script));
  // A failure prints the smallest script that still fails; looking for it ends with the time of the test.
  await fc.assert(property, {
    seed,
    numRuns: parties,
    interruptAfterTimeLimit: 150_000,
    markInterruptAsFailure: true,
  });
}, 200_000);

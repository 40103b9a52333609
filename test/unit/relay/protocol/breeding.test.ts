// Rule P11 by sheer number: payloads that are bred from one another, held against JSON.parse.
import { expect, test } from 'vitest';
import { StampedMessage } from '../../../../src/relay/protocol/player-message.js';
import { Breeder } from './breeding.js';
import { violationOf } from './reference.js';
import { numRuns, timeout } from './runs.js';

const MAX_DEPTH = 1024;
const message = new StampedMessage(MAX_DEPTH);

test(
  '[P11] the relay accepts and refuses what JSON.parse does: payloads bred from one another',
  () => {
    const seed = Date.now() | 0;
    const breeder = new Breeder(seed);
    const verdicts = new Map<string, number>();
    for (let run = 0; run < 20 * numRuns; run++) {
      const payload = breeder.next();
      const expected = violationOf(payload, MAX_DEPTH);
      // `expect` itself would take most of the time.
      if (message.read(payload) !== expected) {
        expect.soft(message.read(payload), `seed ${seed}, hex ${payload.toString('hex')}`).toBe(expected);
      }
      verdicts.set(expected ?? 'accepted', (verdicts.get(expected ?? 'accepted') ?? 0) + 1);
      if (expected === undefined) breeder.keep(payload);
    }
    expect(verdicts.get('accepted')).toBeGreaterThan(numRuns);
    expect(verdicts.get('not-json')).toBeGreaterThan(numRuns);
  },
  timeout,
);

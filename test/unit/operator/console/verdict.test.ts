// The health of a relay in circumstances that the test makes up.
import { expect, test } from 'vitest';
import type { Sample } from '../../../../src/operator/console/look.js';
import { type Circumstances, verdictOn } from '../../../../src/operator/console/verdict.js';

const CALM: Circumstances = {
  obstacles: [],
  totals: {
    ...{ rooms: 2, hosts: 2, players: 9, pending: 0, waiting: 0, paused: 0 },
    ...{ playersAway: 0, hostsAway: 0, keptBytes: 0 },
  },
  samples: [],
  options: { maxTotalOutbox: 1_000, maxConnections: 100, maxRooms: 10 },
};

const SECOND: Sample = {
  ...{ second: 1, messagesIn: 9, messagesOut: 9, bytesIn: 9, bytesOut: 9, rooms: 2, players: 9 },
  ...{ busy: 5, problems: 0, faults: 0 },
};

/** A minute in which each second was like that. */
function minute(second: Partial<Sample>): { samples: Sample[] } {
  return { samples: Array.from({ length: 60 }, () => ({ ...SECOND, ...second })) };
}

test('[O18] the verdict is good for a relay with running parties and no backlog', () => {
  expect(verdictOn({ ...CALM, ...minute({}) })).toEqual({
    ...{ condition: 'well', title: 'All is well', remarks: [] },
  });
});

const totals = (change: Partial<Circumstances['totals']>) => ({ totals: { ...CALM.totals, ...change } });

test.each<[string, string, Partial<Circumstances>]>([
  ['watch', 'Draining: no new game is let in, 2 parties go on.', { obstacles: ['draining'] }],
  ['ill', 'The backbone is away', { obstacles: ['no-backbone'] }],
  ['ill', 'The relay had 60 internal errors', minute({ faults: 1 })],
  ['watch', '75 % busy', minute({ busy: 75 })],
  ['ill', '95 % busy', minute({ busy: 95 })],
  ['ill', 'The queues to peers are 60 % full', totals({ waiting: 600 })],
  ['watch', 'One connection is slowed down', totals({ paused: 1 })],
  ['watch', '95 of 100 connections are in use', totals({ players: 93 })],
  ['watch', '9 of 10 rooms are in use', totals({ rooms: 9 })],
  ['watch', '60 connections were refused or broke off', minute({ problems: 1 })],
])('[O18] the verdict is %s, and reads: %s', (condition, words, change) => {
  const verdict = verdictOn({ ...CALM, ...change });
  expect(verdict.condition).toBe(condition);
  expect(verdict.remarks).toEqual([expect.stringContaining(words)]);
});

test('[O18] the worst problem comes first, and a limit that is off is never reached', () => {
  const obstacles = ['draining', 'no-backbone'] as const;
  expect(verdictOn({ ...CALM, obstacles }).remarks[0]).toContain('backbone');
  const options = { maxTotalOutbox: 0, maxConnections: 0, maxRooms: 0 };
  const full = totals({ rooms: 1_000, players: 9_000, waiting: 1e9 });
  expect(verdictOn({ ...CALM, ...full, options }).condition).toBe('well');
});

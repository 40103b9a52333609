// Ids of rooms, as the linter remembers them.
import { expect, test } from 'vitest';
import { IdBudget, KnownIds, MOST_IDS } from '../../../../src/operator/ledger/known-ids.js';

test('[O16] an id that was here never counts as unknown, and one that was not does', () => {
  const ids = new KnownIds(new IdBudget());
  for (let n = 0; n < 2_000; n++) ids.add(`${n}${'x'.repeat(n % 1_000)}`);
  for (let n = 0; n < 2_000; n++) expect(ids.isStrange(`${n}${'x'.repeat(n % 1_000)}`)).toBe(false);
  expect(ids.isStrange('467x')).toBe(true);
});

test('[O16] in a room with more ids than the relay remembers no id counts as unknown', () => {
  const budget = new IdBudget();
  const ids = new KnownIds(budget);
  for (let n = 0; n <= 2_000; n++) ids.add(`${n}`);
  expect(ids.isStrange('467x')).toBe(false);
  expect(budget.left).toBe(MOST_IDS);
});

test('[O16] the ids of all rooms together are bounded, and are forgotten with their rooms', () => {
  const budget = new IdBudget();
  const rooms = Array.from({ length: 300 }, () => new KnownIds(budget));
  for (const room of rooms) for (let n = 0; n < 1_000; n++) room.add(`${n}`);
  expect(budget.left).toBeGreaterThanOrEqual(0);
  expect(rooms[0]!.isStrange('new')).toBe(true);
  expect(rooms.at(-1)!.isStrange('new')).toBe(false);
  for (const room of rooms) room.forget();
  expect(budget.left).toBe(MOST_IDS);
});

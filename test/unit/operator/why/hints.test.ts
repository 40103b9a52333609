// What peers are told in words.
import { expect, test } from 'vitest';
import { ENDINGS, type Ending } from '../../../../src/relay/rooms/endings.js';
import { HINTS } from '../../../../src/operator/why/hints.js';

test.each(Object.keys(ENDINGS) as Ending[])('[O1] %s is told in a whole sentence of its own', (ending) => {
  const hint = HINTS[ending]('SNEK');
  expect(hint).toMatch(/^[A-Z].*\.$/);
  expect(hint.length).toBeLessThan(80);
  expect(Object.values(HINTS).filter((other) => other('SNEK') === hint)).toHaveLength(1);
});

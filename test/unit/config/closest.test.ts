/** Guessing the name that was meant. */
import { expect, test } from 'vitest';
import { closest } from '../../../src/config/closest.js';

const known = ['port', 'ip', 'path', 'max-depth', 'max-message-size'];

test.each([
  ['prot', 'port'],
  ['ports', 'port'],
  ['pot', 'port'],
  ['pathh', 'path'],
  ['op', 'ip'],
  ['maxdepth', 'max-depth'],
  ['max-message', 'max-message-size'],
  ['verbose', undefined],
  ['q', undefined],
  ['', undefined],
])('%s most resembles %s', (typed, meant) => {
  expect(closest(typed, known)).toBe(meant);
});

test('a name of any length is answered at once', () => {
  expect(closest('x'.repeat(1_000_000), known)).toBeUndefined();
});

/** The flags of the benchmark, and which workloads they select. */
import { expect, test } from 'vitest';
import { readOptions } from '../../../bench/options.js';

function selected(...flags: string[]): string[] {
  return readOptions(flags)?.workloads.map(({ name }) => name) ?? [];
}

test('a full run has a storm and the first logins of a process', () => {
  expect(selected()).toEqual(expect.arrayContaining(['storm', 'cold', 'idle']));
  expect(selected('--quick')).not.toContain('storm');
});

test('phones come back with keys where that is asked for: other relays have none', () => {
  expect(selected()).not.toContain('return');
  expect(selected('--workloads', 'return')).toEqual(['return']);
});

test('relays take turns in a storm: a full run with all at once leaves it out, and does not start if it is asked for', () => {
  expect(selected('--at-once')).toContain('cold');
  expect(selected('--at-once')).not.toContain('storm');
  expect(() => selected('--at-once', '--workloads', 'cold,storm')).toThrow(
    '--at-once: relays take turns in storm',
  );
});

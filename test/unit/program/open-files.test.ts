// How many connections the system allows.
import { expect, test } from 'vitest';
import { connectionsAllowed } from '../../../src/program/open-files.js';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units
Max cpu time              unlimited            unlimited            seconds
Max open files            1024                 524288               files
Max locked memory         65536                65536                bytes
`;

test('[A14] 64 files are kept in reserve', () => {
  expect(connectionsAllowed(LIMITS)).toBe(1024 - 64);
});

test('[A14] one connection is allowed, however low the limit of open files', () => {
  expect(connectionsAllowed(LIMITS.replace('1024 ', '20   '))).toBe(1);
});

test.each([
  ['says nothing', ''],
  ['knows no limit', LIMITS.replace('1024     ', 'unlimited')],
])('[A14] a system that %s leaves the limit to the option', (_, limits) => {
  expect(connectionsAllowed(limits)).toBeUndefined();
});

test('[A14] the relay reads the limit of this system', () => {
  const allowed = connectionsAllowed();
  if (process.platform === 'linux') expect(allowed).toBeGreaterThan(0);
  else expect(allowed).toBeUndefined();
});

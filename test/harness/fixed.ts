// Smaller values for limits that have no option (src/config/fixed-limits.ts), where a test cannot wait for the real ones.
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { FIXED, FixedLimits } from '../../src/config/fixed-limits.js';

const MARK = '--fixed=';

/** Among the flags of a relay that a test starts: what it has in place of its fixed limits. */
export function fixed(limits: Partial<FixedLimits>): string[] {
  return [MARK + JSON.stringify(limits)];
}

/**
 * The words behind `node` that start a program with these flags. With fixed limits of a test's own it is the program in
 * modules, since the constants of the bundle cannot be reached from outside.
 */
export function commandOf(main: string, args: readonly string[]): string[] {
  const flags = args.filter((arg) => !arg.startsWith(MARK));
  if (flags.length === args.length) return [main, ...flags];
  const limits = args.filter((arg) => arg.startsWith(MARK)).map((arg) => arg.slice(MARK.length));
  const inModules = main.endsWith('program/main.js') ? main : join(dirname(main), 'program/main.js');
  const file = new URL('../config/fixed-limits.js', pathToFileURL(inModules)).href;
  const script = `const { FIXED } = await import('${file}'); Object.assign(FIXED, ${limits.join(', ')});`;
  const url = `data:text/javascript;base64,${Buffer.from(script).toString('base64')}`;
  return ['--import', url, inModules, ...flags];
}

/** The same for a relay within this process, until the end of the test. */
export function fixForTest(limits: Partial<FixedLimits>): void {
  Object.assign(FIXED, limits);
  onTestFinished(restore);
}

/** The same for all tests of a file, or of a `describe`. */
export function fixForFile(limits: Partial<FixedLimits>): void {
  beforeAll(() => void Object.assign(FIXED, limits));
  afterAll(restore);
}

function restore(): void {
  Object.assign(FIXED, new FixedLimits());
}

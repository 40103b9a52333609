// Which Node is new enough, and that packages and package.json agree with what is said about it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { satisfies } from 'semver';
import { expect, test } from 'vitest';
import { complaintAbout } from '../../../src/config/node-version.js';
import { projectRoot } from '../../harness/program.js';

const read = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot, name), 'utf8'));

test.each(['20.19.0', '20.20.2', '22.12.0', '22.23.3', '23.0.0', '24.0.0', '26.1.0'])(
  '[C10] Node %s is new enough',
  (version) => {
    expect(complaintAbout(version)).toBeUndefined();
    expect(satisfies(version, (read('package.json') as { engines: { node: string } }).engines.node)).toBe(
      true,
    );
  },
);

test.each(['18.20.8', '20.12.2', '20.18.3', '21.7.3', '22.11.0'])(
  '[C10] Node %s is too old, and one line says so',
  (version) => {
    expect(complaintAbout(version)).toBe(`needs Node 20.19, 22.12 or newer, and this is Node ${version}`);
    expect(satisfies(version, (read('package.json') as { engines: { node: string } }).engines.node)).toBe(
      false,
    );
  },
);

interface Locked {
  engines?: { node?: string } | string[];
  optional?: boolean;
  cpu?: string[];
}

test.each(['20.19.0', '22.13.0', '24.0.0'])('no locked package warns on Node %s', (version) => {
  const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
  const warned = Object.entries(packages).filter(([, { engines }]) => {
    const range = engines && !Array.isArray(engines) ? engines.node : undefined;
    return range !== undefined && !satisfies(version, range);
  });
  expect(warned.map(([path]) => path)).toEqual([]);
});

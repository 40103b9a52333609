// What stops `npm run release`, and what it makes of the changelog.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { complaints, datedChangelog, isNewer, type State } from '../../build/release.mjs';
import { projectRoot } from '../harness/program.js';

const CHANGELOG = '# Changelog\n\n## Unreleased\n\n- A page.\n\n## 0.1.0 - 2026-01-01\n\n- All.\n';
const READY: State = {
  ...{ version: '0.2.0', current: '0.1.0', branch: 'main', changes: '', tags: ['v0.1.0'] },
  changelog: datedChangelog(CHANGELOG, '0.2.0', '2026-02-01'),
};

test('what was unreleased becomes the version, and leaves room for what comes next', () => {
  expect(READY.changelog).toBe(
    CHANGELOG.replace('## Unreleased\n', '## Unreleased\n\n## 0.2.0 - 2026-02-01\n'),
  );
  expect(datedChangelog('# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- All.\n', '0.2.0', '')).toBeUndefined();
  expect(datedChangelog('# Changelog\n', '0.2.0', '')).toBeUndefined();
});

test.each<[Partial<State>, string]>([
  [{ version: '' }, 'Name the version'],
  [{ version: 'next' }, 'Name the version'],
  [{ version: '0.0.9' }, 'older than 0.1.0'],
  [{ version: '0.1.0' }, 'v0.1.0 exists already'],
  [{ branch: 'idea' }, 'the branch idea, not main'],
  [{ changes: ' M README.md' }, 'uncommitted changes'],
  [{ changelog: undefined }, 'nothing under "## Unreleased"'],
])('a release stops at %o', (change, line) => {
  expect(complaints({ ...READY, ...change })).toEqual([expect.stringContaining(line)]);
});

test('a release that nothing stops may also be the first of its version', () => {
  expect(complaints(READY)).toEqual([]);
  expect(complaints({ ...READY, version: '0.1.0', tags: [] })).toEqual([]);
  expect([isNewer('0.10.0', '0.9.9'), isNewer('1.0.0', '0.9.9'), isNewer('0.9.9', '0.10.0')]).toEqual([
    true,
    true,
    false,
  ]);
});

test('the changelog of the project has an Unreleased section', () => {
  const changelog = readFileSync(join(projectRoot, 'CHANGELOG.md'), 'utf8');
  expect(changelog).toMatch(/^## Unreleased$/m);
});

test('both packages have one version, and CI and .nvmrc use a Node that the package supports', () => {
  const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
  const [relay, client] = ['package.json', 'client/package.json'].map(
    (path) => JSON.parse(read(path)) as { version: string; engines: { node: string } },
  );
  expect(client?.version).toBe(relay?.version);
  const supported = ['20', '22', '24'];
  expect(/node: \[(.*)\]/.exec(read('.github/workflows/ci.yml'))?.[1]?.split(', ')).toEqual(supported);
  expect(supported).toContain(read('.nvmrc').trim());
});

/**
 * `npm run release -- 0.2.0`: makes the commit and the tag of a version, and pushes neither. It stops, before it changes
 * anything, unless it is on `main`, nothing is uncommitted, the version is newer and the changelog has something to tell.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { inProject } from './project.mjs';

/** @returns the changelog in which what was unreleased is this version; undefined if nothing was. */
export function datedChangelog(text, version, date) {
  const [, told] = /^## Unreleased\n([^]*?)(?=^## |(?![^]))/m.exec(text) ?? [];
  if (told === undefined || told.trim() === '') return undefined;
  return text.replace(/^## Unreleased\n/m, () => `## Unreleased\n\n## ${version} - ${date}\n`);
}

/** Whether a version such as 0.2.0 comes after another. */
export function isNewer(version, than) {
  const [one, other] = [version, than].map((text) => text.split('.').map(Number));
  const at = one.findIndex((part, index) => part !== other[index]);
  return at !== -1 && one[at] > other[at];
}

/** @returns what is in the way, in one line each. */
export function complaints({ version, current, branch, changes, tags, changelog }) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return ['Name the version: npm run release -- 0.2.0'];
  return [
    ...(branch === 'main' ? [] : [`This is the branch ${branch}, not main.`]),
    ...(changes === '' ? [] : ['There are uncommitted changes: git status']),
    ...(isNewer(version, current) || current === version ? [] : [`${version} is older than ${current}.`]),
    ...(tags.includes(`v${version}`) ? [`The tag v${version} exists already.`] : []),
    ...(changelog === undefined ? ['CHANGELOG.md has nothing under "## Unreleased".'] : []),
  ];
}

function run(command, ...args) {
  const { status, stdout } = spawnSync(command, args, { cwd: inProject('.'), encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
  return stdout.trim();
}

const read = (path) => readFileSync(inProject(path), 'utf8');

function release(version = '') {
  const date = new Date().toISOString().slice(0, 10);
  const changelog = datedChangelog(read('CHANGELOG.md'), version, date);
  const found = complaints({
    version,
    changelog,
    current: JSON.parse(read('package.json')).version,
    branch: run('git', 'rev-parse', '--abbrev-ref', 'HEAD'),
    changes: run('git', 'status', '--porcelain'),
    tags: run('git', 'tag', '--list').split('\n'),
  });
  if (found.length > 0) {
    console.error(found.join('\n'));
    process.exit(1);
  }
  // Both packages and the lock; the tag comes later, with the changelog in its commit.
  run(
    'npm',
    'version',
    version,
    '--no-git-tag-version',
    '--allow-same-version',
    '--workspaces',
    '--include-workspace-root',
  );
  writeFileSync(inProject('CHANGELOG.md'), changelog);
  run('git', 'commit', '--all', '--message', `release: ${version}`);
  run('git', 'tag', '--annotate', `v${version}`, '--message', `Version ${version}`);
  console.log(`Made v${version}. To publish it: git push --follow-tags`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) release(process.argv[2]);

// Programs that tests need, from Debian's packages: unpacked into the cache folder, nothing is installed, no root.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const cache = resolve(import.meta.dirname, '../../.cache');

/**
 * The path of a program: what the environment variable names, else the first in PATH, where Debian puts servers
 * (which is in no user's PATH), and in the cache. Undefined when there is none; a variable that names no program
 * is not replaced by a guess.
 */
export function findProgram(name, variable) {
  const named = process.env[variable];
  if (named) return isProgram(named) ? named : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  folders.push('/usr/sbin', join(cache, name, 'usr/sbin'), join(cache, name, 'usr/bin'));
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** Chromium without a window: the same pages in a third of the time. */
export const HEADLESS = 'chromium-headless-shell';

/** The path of a Chromium, without a window if there is one like that. */
export function findBrowser() {
  return findProgram(HEADLESS, 'CHROMIUM') ?? findProgram('chromium', 'CHROMIUM');
}

/** Installs packages on a Debian whose root we are; elsewhere it does nothing. */
export function installPackages(packages) {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
  }
}

/** Unpacks packages of Debian into the cache, the program's folder there; false when that cannot be done here. */
export function unpackProgram(name, packages) {
  const folder = join(cache, name);
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  // The lists of a new machine are empty, and only root may fill them: a folder of our own does as well.
  const done = download(half, packages, []) || download(half, packages, ownLists());
  if (!done || !archives(half).every((archive) => run('dpkg', ['-x', archive, half], half))) return false;
  for (const archive of archives(half)) rmSync(archive);
  rmSync(folder, { recursive: true, force: true });
  renameSync(half, folder);
  return true;
}

function download(folder, packages, options) {
  if (options.length > 0 && !run('apt-get', [...options, 'update'], folder)) return false;
  return run('apt-get', [...options, 'download', ...packages], folder);
}

function ownLists() {
  const folder = join(cache, 'apt');
  for (const part of ['lists/partial', 'archives/partial'])
    mkdirSync(join(folder, part), { recursive: true });
  return ['-o', `Dir::State::lists=${join(folder, 'lists')}`, '-o', `Dir::Cache=${folder}`];
}

function run(command, args, cwd) {
  return spawnSync(command, args, { cwd, stdio: 'ignore' }).status === 0;
}

function archives(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.deb'))
    .map((file) => join(folder, file));
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

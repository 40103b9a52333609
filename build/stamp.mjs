/** Whether what is built is younger than what it is built from. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

const STAMP = inProject('dist/.stamp');
const SOURCES = [
  'src',
  'client',
  'pages',
  'build',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const NOT_SOURCES = inProject('client/dist');

/** `nest start` compiles without the rest of the build, and so writes it last. */
const PROGRAM = inProject('dist/main.js');

/** Called when all is built. */
export function stamp() {
  writeFileSync(STAMP, '');
}

export function isUpToDate() {
  const built = timeOf(STAMP);
  return built !== undefined && [PROGRAM, ...SOURCES.map(inProject)].every((path) => isOlder(path, built));
}

function isOlder(path, time) {
  if (path === NOT_SOURCES) return true;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs <= time;
  return readdirSync(path).every((name) => isOlder(join(path, name), time));
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/**
 * Builds unless that was done since the sources changed: before a start, before the tests, and when the package is
 * installed from git (`prepare`). Where there is nothing to build, or nothing to build it with, as in an installation
 * without development packages, it lets the installation go on.
 */
import { existsSync } from 'node:fs';
import { inProject } from './project.mjs';

const canBuild = ['src/main.ts', 'node_modules/typescript', 'node_modules/rolldown'].every((path) =>
  existsSync(inProject(path)),
);
if (canBuild) {
  const { isUpToDate } = await import('./stamp.mjs');
  if (!isUpToDate()) await import('./build.mjs');
}

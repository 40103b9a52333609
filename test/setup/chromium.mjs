// Sees to it that the tests of the pages find a browser: on Debian it is installed, elsewhere one line says how.
import { spawnSync } from 'node:child_process';
import { findBrowser, findProgram, HEADLESS } from './debian-program.mjs';

if (!findProgram(HEADLESS, 'CHROMIUM') && !process.env.CHROMIUM) {
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (canInstall) {
    console.log(`Installing Chromium for the tests of the pages (apt-get install ${HEADLESS}) ...`);
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', HEADLESS]]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    }
  }
}
if (!findBrowser()) {
  console.error(
    process.env.CHROMIUM
      ? `CHROMIUM names no program: ${process.env.CHROMIUM}`
      : `The tests need Chromium: apt-get install ${HEADLESS}, or set CHROMIUM to the path of one.`,
  );
  process.exit(1);
}

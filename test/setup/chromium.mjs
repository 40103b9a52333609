// Sees to it that the tests of the pages find a browser: on Debian it is installed, elsewhere one line says how.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

if (!existsSync(chromium)) {
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  if (canInstall) {
    console.log('Installing Chromium for the tests of the party page (apt-get install chromium) ...');
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: environment });
    }
  }
  if (!existsSync(chromium)) {
    console.error('The tests need Chromium: apt-get install chromium, or set CHROMIUM to the path of one.');
    process.exit(1);
  }
}

// npm run test:browsers: the pages in Chromium, Firefox, WebKit and the Chromiums of old televisions; build the relay first.
import { spawnSync } from 'node:child_process';

const commands = [
  [process.execPath, 'test/setup/chromium.mjs'],
  [process.execPath, 'test/setup/browsers.mjs'],
  ['npx', 'vitest', 'run', '--config', 'test/pages/browsers/vitest.config.ts', ...process.argv.slice(2)],
];
for (const [command, ...args] of commands) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

// npm run test:interop: the relay with the clients of other stacks; build the relay first.
import { spawnSync } from 'node:child_process';
import { installPackages } from '../setup/debian-program.mjs';

/** Debian's packages, stack by stack: a stack that this Debian lacks does not keep the others out. */
const STACKS = {
  'Python websockets': ['python3-websockets'],
  'Python websocket-client': ['python3-websocket'],
  'Python aiohttp': ['python3-aiohttp'],
  'Python Tornado': ['python3-tornado'],
  'Go gorilla': ['golang-go', 'golang-github-gorilla-websocket-dev'],
  'Go nhooyr': ['golang-go', 'golang-nhooyr-websocket-dev'],
  libwebsockets: ['gcc', 'libc6-dev', 'libwebsockets-dev'],
  Java: ['default-jdk-headless'],
  Mono: ['mono-mcs', 'mono-runtime'],
  'Perl Mojo': ['libmojolicious-perl'],
  'Ruby faye-websocket': ['ruby-faye-websocket'],
};

for (const [name, packages] of Object.entries(STACKS)) {
  if (isInstalled(packages)) continue;
  console.log(`Installing the client ${name} (apt-get install ${packages.join(' ')}) ...`);
  installPackages(packages);
}
const commands = [
  [process.execPath, 'test/setup/chromium.mjs'],
  [process.execPath, 'test/setup/browsers.mjs'],
  ['npx', 'vitest', 'run', '--config', 'test/interop/vitest.config.ts', ...process.argv.slice(2)],
];
for (const [command, ...args] of commands) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled(packages) {
  return spawnSync('dpkg', ['-s', ...packages], { stdio: 'ignore' }).status === 0;
}

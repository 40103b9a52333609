// Format, lint and types: side by side, as many at a time as there are cores.
import { spawn } from 'node:child_process';
import { availableParallelism, constants, setPriority } from 'node:os';

// Tests that wait for a clock must not wait for a linter.
if (process.argv.includes('--beside-tests')) setPriority(constants.priority.PRIORITY_LOW);

/** The longest first, so that none is left over for one core alone. */
const steps = [
  'eslint .',
  'tsc -p tsconfig.json',
  'prettier --check .',
  'tsc -p client/party/tsconfig.json',
  'tsc -p client/console/tsconfig.json',
  'tsc -p client/tsconfig.json --noEmit',
];

/** Runs a command, and prints what it says when it has ended. Resolves with its exit status. */
function run(step) {
  const begun = performance.now();
  const child = spawn(step, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once('close', (status) => {
      console.log(
        `${status === 0 ? '✓' : '✗'} ${step} (${Math.round((performance.now() - begun) / 1_000)} s)`,
      );
      if (status !== 0) console.log(output);
      resolve(status);
    });
  });
}

async function work() {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    if ((await run(step)) !== 0) process.exitCode = 1;
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));

// The tests, and beside them what is checked of the text: with what the processors have left while tests wait.
import { spawn } from 'node:child_process';

/** Resolves with whether the command succeeded, and with what it said unless it says it itself. */
function run(command, args, stdio) {
  const child = spawn(command, args, { stdio });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once('close', (status) => resolve({ isGood: status === 0, output }));
  });
}

const [checks, tests] = await Promise.all([
  run(process.execPath, ['test/setup/check.mjs', '--beside-tests'], ['ignore', 'pipe', 'inherit']),
  run('vitest', ['run', ...process.argv.slice(2)], 'inherit'),
]);
console.log(checks.output);
process.exitCode = checks.isGood && tests.isGood ? 0 : 1;

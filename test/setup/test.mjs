// Prepares and runs the tests, and checks the text beside them: with what the processors have left while tests wait.
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

/** What the tests need, and the tests; each only if all before it went well. */
async function test() {
  const steps = [
    [process.execPath, ['test/setup/chromium.mjs']],
    [process.execPath, ['test/setup/nats-server.mjs']],
    [process.execPath, ['test/setup/balancers.mjs']],
    ['npm', ['run', '--silent', 'build']],
    ['vitest', ['run', ...process.argv.slice(2)]],
  ];
  for (const [command, args] of steps) {
    const { isGood } = await run(command, args, 'inherit');
    if (!isGood) return false;
  }
  return true;
}

const [checks, isTested] = await Promise.all([
  run(process.execPath, ['test/setup/check.mjs', '--beside-tests'], ['ignore', 'pipe', 'inherit']),
  test(),
]);
console.log(checks.output);
process.exitCode = checks.isGood && isTested ? 0 : 1;

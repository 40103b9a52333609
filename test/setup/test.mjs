// Prepares and runs the tests, and checks the text beside them: with what the processors have left while tests wait.
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** Resolves with whether the command succeeded, and with what it said unless it says it itself. */
function run(command, args, { stdio = 'inherit', priority } = {}) {
  const child = spawn(command, args, { stdio });
  if (priority !== undefined && child.pid !== undefined) setPriority(child.pid, priority);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once('close', (status) => resolve({ isGood: status === 0, output }));
  });
}

/** What the tests need. The programs are fetched one after the other, as apt does not share; beside them the relay is built. */
async function prepare() {
  const [arePrograms, build] = await Promise.all([
    getPrograms(),
    run(process.execPath, ['build/if-needed.mjs']),
  ]);
  return arePrograms && build.isGood;
}

async function getPrograms() {
  for (const name of ['chromium', 'nats-server', 'balancers']) {
    const { isGood } = await run(process.execPath, [`test/setup/${name}.mjs`]);
    if (!isGood) return false;
  }
  return true;
}

/** Whether all is well. The end of the output repeats what the checks say. */
async function test() {
  const beside = { stdio: ['ignore', 'pipe', 'pipe'], priority: constants.priority.PRIORITY_LOW };
  const [checks, tests] = await Promise.all([
    run('npm', ['run', '--silent', 'check'], beside),
    run('vitest', ['run', ...process.argv.slice(2)]),
  ]);
  console.log(checks.output);
  return checks.isGood && tests.isGood;
}

process.exitCode = (await prepare()) && (await test()) ? 0 : 1;

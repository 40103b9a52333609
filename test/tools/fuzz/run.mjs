// npm run fuzz -- --seed N --seconds S: the fuzz test for as long as one likes; build the relay first.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    seconds: { type: 'string', default: '60' },
  },
});
const env = { ...process.env, FUZZ_SEED: values.seed, FUZZ_SECONDS: values.seconds };
const { status } = spawnSync('npx', ['vitest', 'run', 'test/tools/fuzz', '--disable-console-intercept'], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);

// npm run soak -- --minutes M --seed N: the soak test for as long as one likes; build the relay first.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const env = { ...process.env, SOAK_MINUTES: values.minutes, SOAK_SEED: values.seed };
const { status } = spawnSync('npx', ['vitest', 'run', 'test/soak/soak', '--disable-console-intercept'], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);

// npm run soak -- --minutes M --seed N: the soak test for as long as one likes; build the relay first. With --nodes N
// it is played over several nodes and a broker, and with --faults these fail all the time.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    nodes: { type: 'string' },
    faults: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
  },
});
const nodes = Number(values.nodes ?? (values.faults ? 3 : 1));
const file = nodes > 1 || values.faults ? 'test/tools/soak/nodes' : 'test/tools/soak/soak';
const env = {
  ...process.env,
  SOAK_MINUTES: values.minutes,
  SOAK_SEED: values.seed,
  SOAK_NODES: String(nodes),
  SOAK_FAULTS: values.faults ? 'yes' : 'no',
};
const { status } = spawnSync('vitest', ['run', file, '--disable-console-intercept'], {
  stdio: 'inherit',
  env,
});
process.exit(status ?? 1);

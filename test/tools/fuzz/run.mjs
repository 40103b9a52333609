// npm run fuzz -- --seed N --seconds S: the fuzz tests for as long as one likes; build the relay first. With --reader only
// the one that reads frames beside ws.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const READER = 'test/unit/relay/gateway/web-socket/same-as-ws';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    seconds: { type: 'string', default: '60' },
    reader: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const ofReader = values.reader ? seconds : seconds / 4;
const env = {
  ...process.env,
  FUZZ_SEED: values.seed,
  FUZZ_READER_SECONDS: String(ofReader),
  FUZZ_SECONDS: String(seconds - ofReader),
};
const files = values.reader ? [READER] : ['test/tools/fuzz', READER];
// One after the other, so that each has the machine for its share of the time.
const flags = ['--project', 'relay', '--no-file-parallelism', '--disable-console-intercept'];
// Without npx, which cannot run within another one, such as that of another Node: npx -p node@22 -c 'npm run fuzz'.
const { status } = spawnSync('vitest', ['run', ...files, ...flags], { stdio: 'inherit', env });
process.exit(status ?? 1);

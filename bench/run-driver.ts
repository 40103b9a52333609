/** Runs one job in a driver process of its own. */
import { spawn } from 'node:child_process';
import type { Job, Measurement } from './driver/job.js';
import { paths } from './paths.js';
import { DRIVER_CORE, pinTo } from './relays.js';

const PATIENCE_MS = 180_000;

/** Rejects, with what the driver has said, if there is no measurement. */
export async function runDriver(job: Job): Promise<Measurement> {
  const [program = '', ...args] = [
    ...pinTo(DRIVER_CORE),
    process.execPath,
    paths.driver,
    JSON.stringify(job),
  ];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const killer = setTimeout(kill, PATIENCE_MS);
  let output = '';
  let complaint = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(killer);
  process.off('exit', kill);
  if (child.exitCode !== 0) throw new Error(/Error: .*/.exec(complaint)?.[0] ?? 'the driver did not finish');
  return JSON.parse(output) as Measurement;
}

/**
 * A relay of as many nodes as there are ports on the command line, and a nats-server between them; with
 * `--each-alone`, as many relays of one node each on that nats-server; with `--strangers`, as many without any.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { paths } from '../paths.js';

interface Finder {
  findProgram: (name: string, variable: string) => string | undefined;
}

/** The one that the tests use. */
async function findNatsServer(): Promise<string> {
  const finder = pathToFileURL(join(paths.root, 'test/setup/debian-program.mjs')).href;
  const found = ((await import(finder)) as Finder).findProgram('nats-server', 'NATS_SERVER_BIN');
  if (found !== undefined) return found;
  throw new Error('there is no nats-server: node test/setup/nats-server.mjs gets one');
}

/** Answers its URL when it listens. */
async function startNatsServer(folder: string): Promise<string> {
  const at = ['-a', '127.0.0.1', '-p', '-1', '--ports_file_dir', folder];
  run(await findNatsServer(), [...at, '-js', '-sd', join(folder, 'store')]);
  for (;;) {
    await sleep(20);
    const file = readdirSync(folder).find((name) => name.endsWith('.ports'));
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
    const url = /"nats:[^"]+"/.exec(text)?.[0];
    if (url !== undefined) return url.slice(1, -1);
  }
}

/** Who ends before all others takes them along. */
function run(program: string, args: string[]): void {
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  children.push(child);
  child.once('exit', () => stop(1));
}

function stop(status: number): void {
  for (const child of children) child.removeAllListeners('exit').kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
  process.exit(status);
}

const children: ChildProcess[] = [];
const folder = mkdtempSync(join(tmpdir(), 'relay-cluster-'));
process.once('SIGTERM', () => stop(0));
const { values, positionals: ports } = parseArgs({
  options: { strangers: { type: 'boolean' }, 'each-alone': { type: 'boolean' } },
  allowPositionals: true,
});
const backbone = values.strangers === true ? [] : ['--nats', await startNatsServer(folder)];
for (const port of ports) {
  const prefix = values['each-alone'] === true ? ['--nats-prefix', `relay${port}`] : [];
  run(process.execPath, [paths.relay, '--port', port, ...backbone, ...prefix]);
}

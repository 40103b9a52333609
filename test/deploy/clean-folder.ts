// The program as an image has it: what `npm ci --omit=dev` installs, what was built, and nothing else.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { within } from '../harness/deadline.js';
import { Logs } from '../harness/logs.js';
import { projectRoot } from '../harness/program.js';

/** The user `nobody`, where the tests may become somebody else; else whoever runs them. */
const NOBODY = { uid: 65_534, gid: 65_534 };

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

/**
 * The program in a folder that nobody can write to. The packages are links to those of the project: a copy of
 * thousands of files would take longer than all that is tested with it.
 */
export function makeCleanFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'relay-image-'));
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  cpSync(join(projectRoot, 'dist'), join(folder, 'dist'), { recursive: true });
  const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as Lock;
  for (const [path, { dev }] of Object.entries(lock.packages)) {
    // A package within another comes with it; packages for other systems are in the lock and not installed.
    if (dev || path.lastIndexOf('node_modules') !== 0 || !existsSync(join(projectRoot, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(projectRoot, path), join(folder, path));
  }
  makeReadOnly(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  spawnSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true });
}

function makeReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadOnly(path);
    else if (entry.isFile()) chmodSync(path, 0o444);
  }
  chmodSync(folder, 0o555);
}

/** A running program. */
interface Started {
  port: number;
  uid: number;
  /** Resolves to the exit status. */
  readonly stop: () => Promise<number | null>;
}

/** Starts the program there, not as root. */
export async function startThere(folder: string): Promise<Started> {
  const node = nodeFor(folder);
  const identity = canBecomeNobody(node) ? NOBODY : {};
  // Links are taken for what they stand for, or a package would find the project's other packages beside it.
  const asIfCopied = ['--preserve-symlinks', '--preserve-symlinks-main'];
  const child = spawn(node, [...asIfCopied, 'dist/main.js', '--port', '0'], {
    ...identity,
    cwd: folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logs = new Logs();
  logs.follow(child.stdout);
  logs.follow(child.stderr);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const early = exited.then((code) => {
    throw new Error(`it ended with ${code}:\n${logs.lines.map(({ raw }) => raw).join('\n')}`);
  });
  const line = logs.until(({ text }) => /ws:\/\/[^ ]+:\d+/.test(text), 'where the relay listens');
  const { text } = await Promise.race([line, early]);
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return within(exited, 'the program to exit');
  };
  return { port: Number(/ws:\/\/[^ ]+:(\d+)/.exec(text)?.[1]), uid: ownerOf(child.pid ?? 0), stop };
}

/** A Node that npx has fetched lies in a home that others may not enter. */
function nodeFor(folder: string): string {
  const node = join(folder, 'node');
  copyFileSync(process.execPath, node);
  return node;
}

function canBecomeNobody(node: string): boolean {
  const look = ['-e', `fs.accessSync('${projectRoot}/node_modules')`];
  return process.getuid?.() === 0 && spawnSync(node, look, NOBODY).status === 0;
}

function ownerOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

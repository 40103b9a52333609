// The built program as a child process: what a user starts, seen only from outside.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { within } from './deadline.js';
import { endWithWorker } from './end-with-worker.js';
import { commandOf } from './fixed.js';
import { Logs } from './logs.js';

/** The root of the project, absolute. */
export const projectRoot = resolve(import.meta.dirname, '../..');

/** What is started; `TEST_PROGRAM` names another file than the built one. */
const main = process.env['TEST_PROGRAM'] ?? join(projectRoot, 'dist/main.js');

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** What surrounds the program besides its flags. */
export interface Surroundings {
  /** Variables besides PATH; nothing else of the tests' own environment reaches the program. */
  env?: Record<string, string>;
  /** The contents of the file `.env` in the directory in which the program is started; no file otherwise. */
  envFile?: string;
  /** Where its lines go besides its own log, for several programs that are looked at as one. */
  alsoTo?: Logs | undefined;
}

/** A program that was started, listening or not. It runs in its own empty directory. */
export class Program {
  /** Lines of standard output and standard error. */
  readonly logs = new Logs();
  /** All of standard output so far. */
  stdout = '';
  /** All of standard error so far. */
  stderr = '';
  isRunning = true;
  /** Resolves when the process is gone and its output is complete. */
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;

  constructor(args: string[], { env = {}, envFile, alsoTo }: Surroundings = {}) {
    const cwd = mkdtempSync(join(tmpdir(), 'relay-test-'));
    if (envFile !== undefined) writeFileSync(join(cwd, '.env'), envFile);
    const child = spawn(process.execPath, commandOf(main, args), {
      cwd,
      env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.logs.follow(child.stdout);
    this.logs.follow(child.stderr);
    alsoTo?.follow(child.stdout);
    alsoTo?.follow(child.stderr);
    this.child = child;
    endWithWorker(child);
    this.exited = new Promise((done) => {
      child.once('close', (code, signal) => {
        this.isRunning = false;
        rmSync(cwd, { recursive: true, force: true });
        done({ code, signal });
      });
    });
  }

  /** Waits for the line that says where the relay listens, and returns the port that the kernel chose. */
  async listening(): Promise<number> {
    const line = this.logs.until(({ text }) => /ws:\/\/[^ ]+:\d+/.test(text), 'where the relay listens');
    const early = this.exited.then(({ code }) => {
      throw new Error(`the program exited with ${code} instead of listening:\n${this.stdout}${this.stderr}`);
    });
    const { text } = await Promise.race([line, early]);
    // The last line of a start: what comes later is what a test has caused.
    await this.logs.until(({ text: last }) => /\bOpen http:/.test(last), 'where the party page is');
    return Number(/ws:\/\/[^ ]+:(\d+)/.exec(text)?.[1]);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /**
   * Fault: it stands still for a moment, which does not grow when the test itself is kept from running meanwhile.
   * Resolves when it goes on.
   */
  async standStill(seconds: number): Promise<void> {
    const script = 'kill -STOP "$0"; sleep "$1"; kill -CONT "$0"';
    const child = spawn('sh', ['-c', script, String(this.child.pid), String(seconds)], { stdio: 'ignore' });
    await within(once(child, 'exit'), 'a program to stand still');
  }

  /** Asks the program to stop (SIGTERM by default) and waits until it has. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Exit> {
    this.signal(signal);
    return within(this.exited, `the program to exit after ${signal}`);
  }
}

/** Runs the program to its own end, for the calls that print something and exit. */
export async function run(args: string[], surroundings?: Surroundings): Promise<Program & { exit: Exit }> {
  const program = new Program(args, surroundings);
  try {
    const exit = await within(program.exited, `the program to exit by itself (${args.join(' ')})`);
    return Object.assign(program, { exit });
  } finally {
    program.signal('SIGKILL');
  }
}

// A browser's process, with its own folder for what it keeps.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endWithWorker } from '../../harness/end-with-worker.js';
import { Logs } from '../../harness/logs.js';

export class Child {
  readonly logs = new Logs();
  private readonly process: ChildProcess;
  private readonly gone: Promise<void>;

  constructor(
    command: string,
    args: string[],
    env: NodeJS.ProcessEnv,
    private readonly folder: string,
  ) {
    // A separate group: browsers are many processes, and all are ended.
    this.process = spawn(command, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    endWithWorker(this.process);
    for (const stream of [this.process.stdout, this.process.stderr]) if (stream) this.logs.follow(stream);
    this.gone = new Promise((resolve) => this.process.once('close', () => resolve()));
  }

  /** What the first line that matches has in its parentheses. */
  async says(pattern: RegExp): Promise<string> {
    const { raw } = await this.logs.until((line) => pattern.test(line.raw), String(pattern));
    return pattern.exec(raw)?.[1] ?? '';
  }

  async end(): Promise<void> {
    const { pid, exitCode } = this.process;
    if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGKILL');
    await this.gone;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** An empty folder. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'relay-browser-'));
}

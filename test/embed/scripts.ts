// Programs that use the relay as a package, as child processes: seen only from outside.
import { spawn, type ChildProcess } from 'node:child_process';
import { within } from '../harness/deadline.js';
import { Logs } from '../harness/logs.js';
import { projectRoot, type Exit } from '../harness/program.js';

/** A Node process in the root of the project, where `carparty-relay` is the package that was built. */
export class Script {
  readonly logs = new Logs();
  /** All of standard output and standard error so far. */
  output = '';
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;

  constructor(...args: string[]) {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { PATH: process.env['PATH'], NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
      this.logs.follow(stream);
    }
    this.exited = new Promise((done) => child.once('close', (code, signal) => done({ code, signal })));
    this.child = child;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

/** Runs a script to its own end. */
export async function runScript(...args: string[]): Promise<Exit & { output: string }> {
  const script = new Script(...args);
  try {
    const exit = await within(script.exited, 'a script to end', 60_000);
    return { ...exit, output: script.output };
  } finally {
    script.signal('SIGKILL');
  }
}

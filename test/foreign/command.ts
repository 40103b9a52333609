// Programs that strangers run in their projects.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { within } from '../harness/deadline.js';
import { endWithWorker } from '../harness/end-with-worker.js';
import { Logs } from '../harness/logs.js';

/** Milliseconds that an installation may take where the network is slow. */
const PATIENCE = 170_000;

/** What a program needs to find other programs, its home, and the registry from behind a company's proxy. */
const PASSED_ON = /^(PATH|HOME|NODE_EXTRA_CA_CERTS|(HTTPS?|NO)_PROXY)$/i;

/** A program in a folder, with nothing else of the tests' own environment. */
export class Command {
  readonly logs = new Logs();
  /** All of standard output and standard error so far. */
  output = '';
  /** Resolves to the exit status. */
  readonly exited: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(
    folder: string,
    private readonly words: readonly string[],
  ) {
    const [program = '', ...args] = words;
    const passedOn = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
    this.child = spawn(program, args, {
      cwd: folder,
      env: { ...Object.fromEntries(passedOn), NO_COLOR: '1', CI: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (!stream) continue;
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
      this.logs.follow(stream);
    }
    endWithWorker(this.child);
    this.exited = once(this.child, 'close').then(([code]) => code as number | null);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits until it has done its work, and returns what it said. @throws {Error} if it says that it failed. */
  async done(patience = PATIENCE): Promise<string> {
    const name = this.words.join(' ');
    const code = await within(this.exited, `the end of ${name}`, patience);
    if (code !== 0) throw new Error(`${name} ended with ${code}:\n${this.output}`);
    return this.output;
  }
}

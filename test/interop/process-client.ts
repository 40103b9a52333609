// A client that is a program of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { within } from '../harness/deadline.js';
import { endWithWorker } from '../harness/end-with-worker.js';
import { Inbox } from '../harness/inbox.js';
import type { Client } from './client.js';

export class ProcessClient implements Client {
  private readonly events = new Inbox<string>();
  private readonly child: ChildProcess;
  private readonly gone: Promise<unknown>;
  private errors = '';

  constructor([program = '', ...args]: readonly string[]) {
    this.child = spawn(program, args, { stdio: 'pipe' });
    endWithWorker(this.child);
    this.gone = once(this.child, 'close').then(([code]) =>
      this.events.end(`the client ended with ${code}: ${this.errors}`),
    );
    this.child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    // An order for a client that has been closed gets lost.
    this.child.stdin?.on('error', () => undefined);
    const { stdout } = this.child;
    if (stdout) createInterface({ input: stdout }).on('line', (line) => this.events.put(line.trimEnd()));
  }

  order(...orders: string[]): void {
    this.child.stdin?.write(orders.map((order) => `${order}\n`).join(''));
  }

  next(): Promise<string> {
    return this.events.next('an event of the client');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await within(this.gone, 'the end of a client');
  }
}

// The relays that the client must work with: the built one, and one that knows nothing but the protocol.
import type { Logs } from '../harness/logs.js';
import { Program } from '../harness/program.js';
import { PlainRelay } from './plain-relay.js';

export interface AnyRelay {
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Our own, as a process. */
export class BuiltRelay implements AnyRelay {
  private program: Program | undefined;
  private port = 0;

  constructor(private readonly args: string[] = []) {}

  get url(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  /** Where pages are served. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it says since its start. */
  get logs(): Logs {
    if (!this.program) throw new Error('the relay was not started');
    return this.program.logs;
  }

  async start(): Promise<void> {
    this.program = new Program(['--port', String(this.port), '--log-format', 'json', ...this.args]);
    this.port = await this.program.listening();
  }

  async stop(): Promise<void> {
    await this.program?.stop();
  }
}

/** `returns` if it knows `$relay`: seats outlive connections there. */
export const relays: [name: string, make: () => AnyRelay, returns: boolean][] = [
  ['the built relay', (): AnyRelay => new BuiltRelay(), true],
  ['a plain relay on ws', (): AnyRelay => new PlainRelay(), false],
];

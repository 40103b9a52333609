// The program of examples/embed-in-nest, built from the package and started as its README says.
import { request } from 'node:http';
import { within } from '../harness/deadline.js';
import type { Exit } from '../harness/program.js';
import { Peers } from './peers.js';
import { Script, runScript } from './scripts.js';

export type Platform = 'express' | 'fastify';

/** Compiles the example against the built package, into `.cache`; quick when nothing has changed. */
export async function buildExample(): Promise<void> {
  const { code, output } = await runScript('node_modules/typescript/bin/tsc', '-p', 'examples/embed-in-nest');
  if (code !== 0) throw new Error(`examples/embed-in-nest cannot be compiled:\n${output}`);
}

/** What an HTTP route answered. */
export interface Answer {
  status: number | undefined;
  body: unknown;
}

/** A running example and its peers. */
export class Example {
  private constructor(
    private readonly script: Script,
    private readonly port: number,
    readonly peers: Peers,
  ) {}

  static async start(platform: Platform, relayPath = '*'): Promise<Example> {
    const script = new Script('.cache/examples/embed-in-nest/main.js', platform, '0', relayPath);
    const early = script.exited.then(() => {
      throw new Error(`the example ended instead of listening:\n${script.output}`);
    });
    const started = script.logs.until(({ text }) => text.startsWith('Listening on'), 'a start line');
    const { text } = await Promise.race([started, early]);
    const port = Number(/:(\d+)/.exec(text)?.[1]);
    return new Example(script, port, new Peers(port, script.logs, relayPath === '*' ? '/' : relayPath));
  }

  get logs(): Script['logs'] {
    return this.script.logs;
  }

  /** Asks an HTTP route; with a body, by POST. The TCP connection is kept open, as browsers do. */
  async http(path: string, body?: object): Promise<Answer> {
    const asked = request({
      port: this.port,
      path,
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', connection: 'keep-alive' },
    });
    const answered = new Promise<Answer>((resolve, reject) => {
      asked.once('error', reject).once('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        const isJson = response.headers['content-type']?.includes('json') === true;
        const body = (): unknown => (isJson ? JSON.parse(text) : text);
        response.on('end', () => resolve({ status: response.statusCode, body: body() }));
      });
    });
    asked.end(body && JSON.stringify(body));
    return within(answered, `an answer from ${path}`);
  }

  /** Stops as a backend is stopped, and waits until it has. */
  async stop(): Promise<Exit> {
    this.script.signal('SIGTERM');
    return within(this.script.exited, 'the example to stop');
  }

  kill(): void {
    this.peers.dispose();
    this.script.signal('SIGKILL');
  }
}

// A backend with a relay that can be asked why, behind a proxy that presents each peer's address.
import { onTestFinished } from 'vitest';
import { RelayModule, type RelayOptions } from '../../../src/index.js';
import { WhyModule } from '../../../src/operator/why/why.module.js';
import { startBackend, type Setup } from '../../embed/backend.js';
import { Connection } from '../../harness/connection.js';

/** What the relay says to a question. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Read as JSON, which every answer is. */
  body: Record<string, unknown>;
}

/** Peers from any address that a test likes. */
export class Askers {
  readonly origin: string;

  constructor(port: number) {
    this.origin = `http://127.0.0.1:${port}`;
  }

  /** A WebSocket from the address that has sent `message`. */
  async saying(address: string, message: string): Promise<Connection> {
    const connection = await this.opening(address);
    connection.send(message);
    return connection;
  }

  /** A WebSocket from the address that has sent nothing yet. */
  async opening(address: string): Promise<Connection> {
    const connection = await Connection.open(this.origin.replace('http', 'ws'), { headers: from(address) });
    onTestFinished(() => connection.dispose());
    return connection;
  }

  /** A question from the address, with `query` as it is typed or its parameters. */
  async ask(address: string, query: string | Record<string, string>): Promise<Answer> {
    const typed = typeof query === 'string' ? query : new URLSearchParams(query).toString();
    const response = await fetch(`${this.origin}/v1/why?${typed}`, { headers: from(address) });
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Record<string, unknown> };
  }
}

/** For peers of this machine, whom no proxy presents. */
export const LOOPBACK = '';

function from(address: string): Record<string, string> {
  return address === LOOPBACK ? {} : { 'X-Forwarded-For': address };
}

/** Starts a backend that believes {@link Askers}; `options` are the relay's. */
export async function startAskable(setup: Setup = {}, options: Partial<RelayOptions> = {}): Promise<Askers> {
  const relay = RelayModule.forRoot({ trustProxy: ['loopback'], ...options });
  const backend = await startBackend({ imports: [relay, WhyModule] }, setup);
  return new Askers(backend.port);
}

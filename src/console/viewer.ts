/** Somebody who looks at the console: a stream of Server-Sent Events. */
import type { ServerResponse } from 'node:http';
import type { LedgerKind, Look } from './look.js';

/** Bytes that may wait for a viewer; whoever does not keep up is cut off, comes back, and begins anew. */
const MOST_WAITING = 1024 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // A compression middleware of the backend would gather the events, and heeds this.
  'Cache-Control': 'no-store, no-transform',
  'X-Content-Type-Options': 'nosniff',
  // Proxies such as nginx would gather the events.
  'X-Accel-Buffering': 'no',
};

/** What a viewer wants to see; it asks anew to see something else. */
export interface Interest {
  /** The room whose members are shown. */
  readonly serverCode: string | undefined;
  readonly text: string;
  readonly kind: LedgerKind | '';
  /** The last second that the page already has. */
  readonly since: number;
}

export class Viewer {
  /** How much was written into the ledger when this viewer last saw it. */
  seenInLedger = -1;
  /** The last second it was sent. */
  lastSecond: number;

  constructor(
    readonly interest: Interest,
    private readonly response: ServerResponse,
  ) {
    this.lastSecond = interest.since;
    response.writeHead(200, HEADERS);
    response.flushHeaders();
  }

  /** Nothing was sent yet. */
  get isNew(): boolean {
    return this.seenInLedger < 0;
  }

  show(look: Look): void {
    if (this.response.writableLength > MOST_WAITING) this.response.destroy();
    else this.response.write(`data: ${JSON.stringify(look)}\n\n`);
  }

  end(): void {
    this.response.end();
  }

  onGone(listener: () => void): void {
    this.response.once('close', listener);
  }
}

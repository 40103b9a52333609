/** A viewer of the console: a stream of Server-Sent Events. */
import type { ServerResponse } from 'node:http';
import type { LedgerKind } from './look.js';

/** Bytes that may be queued for a viewer; one that does not keep up is cut off, comes back, and starts again. */
const MOST_WAITING = 1024 * 1024;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // A compression middleware of the backend would gather the events, and heeds this.
  'Cache-Control': 'no-store, no-transform',
  'X-Content-Type-Options': 'nosniff',
  // Proxies such as nginx would gather the events.
  'X-Accel-Buffering': 'no',
};

/** What a viewer wants to see; it asks again to see something else. */
export interface Interest {
  /** The room whose members are shown. */
  readonly serverCode: string | undefined;
  readonly text: string;
  readonly kind: LedgerKind | '';
  /** The last second that the page already has. */
  readonly since: number;
}

export class Viewer {
  /** The last second it was sent. */
  lastSecond: number;
  /** The rows of the ledger that it was sent last, as JSON; undefined if nothing was sent yet. */
  ledger: string | undefined;

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
    return this.ledger === undefined;
  }

  /** @param look as JSON. */
  show(look: string): void {
    if (this.response.writableLength > MOST_WAITING) this.response.destroy();
    else this.response.write(`data: ${look}\n\n`);
  }

  saw(second: number, ledger: string): void {
    this.lastSecond = second;
    this.ledger = ledger;
  }

  end(): void {
    this.response.end();
  }

  onGone(listener: () => void): void {
    this.response.once('close', listener);
  }
}

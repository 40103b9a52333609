/** The program's HTTP server, which only waits for upgrade requests. */
import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { ProgramOptions } from '../config/relay-options.js';

/** Milliseconds between two looks for requests that take too long. */
const CHECK_INTERVAL = 1_000;

/** Nest's own adapter makes a server whose limits cannot be chosen (A3). */
export class LimitedHttpAdapter extends ExpressAdapter {
  constructor(private readonly limits: ProgramOptions) {
    super();
  }

  override initHttpServer(): void {
    const { maxHeaderSize, requestTimeout } = this.limits;
    const settings = {
      maxHeaderSize,
      headersTimeout: requestTimeout * 1_000,
      requestTimeout: requestTimeout * 1_000,
      connectionsCheckingInterval: CHECK_INTERVAL,
    };
    this.httpServer = createServer(settings, this.getInstance());
  }
}

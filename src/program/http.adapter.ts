/** The program's HTTP server. */
import { createServer } from 'node:http';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FIXED } from '../config/fixed-limits.js';
import { ShortRequest } from '../http/short-request.js';

/** Milliseconds between two looks for requests that take too long. */
const CHECK_INTERVAL = 1_000;

/** The part of Express that is used here. */
interface Application {
  disable(setting: string): void;
}

/** Nest's own adapter makes a server whose limits cannot be chosen (A3), and which answers whatever comes (A31). */
export class LimitedHttpAdapter extends ExpressAdapter {
  constructor() {
    super();
    this.getInstance<Application>().disable('x-powered-by');
  }

  override initHttpServer(): void {
    const { maxHeaderSize, requestTimeout } = FIXED;
    const settings = {
      IncomingMessage: ShortRequest,
      // The door looks for it, and counts who has none.
      requireHostHeader: false,
      maxHeaderSize,
      headersTimeout: requestTimeout * 1_000,
      requestTimeout: requestTimeout * 1_000,
      connectionsCheckingInterval: CHECK_INTERVAL,
    };
    this.httpServer = createServer(settings);
  }
}

/** Looks at plain HTTP requests as they come, so that a forgotten `trust-proxy` shows before the first game does. */
import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ClientAddresses } from './client-addresses.js';

@Injectable()
export class ForwardedRequests implements OnApplicationBootstrap {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly addresses: ClientAddresses,
  ) {}

  /** Only looks: the requests of a larger backend are answered as if nothing looked. Upgrades have their own way. */
  onApplicationBootstrap(): void {
    const server: unknown = this.http.httpAdapter?.getHttpServer();
    if (!(server instanceof EventEmitter)) return;
    server.on('request', (request: IncomingMessage) => void this.addresses.of(request));
  }
}

/** Where the HTTP server of the application listens, and how its addresses begin. */
import type { AddressInfo } from 'node:net';
import { Injectable } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';

interface ListeningServer {
  address(): AddressInfo | string | null;
  once(event: 'listening', listener: () => void): void;
}

@Injectable()
export class OwnAddress {
  constructor(
    private readonly http: HttpAdapterHost,
    private readonly application: ApplicationConfig,
  ) {}

  /** Undefined before the server listens, and for one that listens on a Unix socket. */
  get listening(): AddressInfo | undefined {
    const address = this.server?.address();
    return typeof address === 'object' && address !== null ? address : undefined;
  }

  /**
   * Nest has no hook for "listens now", so the server itself is asked. A script that creates an application context, or
   * a microservice, has none.
   */
  onceListening(then: () => void): void {
    this.server?.once('listening', then);
  }

  /** The URL of a page, below the global prefix, for people who type it. */
  urlOf(page: string, host: string, port: number): string {
    const shown = host.includes(':') ? `[${host}]` : host;
    const prefix = this.application.getGlobalPrefix().replace(/^\/|\/$/g, '');
    return `http://${shown}:${port}/${prefix === '' ? '' : `${prefix}/`}${page}`;
  }

  private get server(): ListeningServer | undefined {
    return this.http.httpAdapter?.getHttpServer() as ListeningServer | undefined;
  }
}

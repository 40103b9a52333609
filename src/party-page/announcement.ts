/** Tells at the start where the party page is, and when phones cannot reach it which option helps. */
import type { EventEmitter } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { ProgramOptions, RelayOptions } from '../config/relay-options.js';
import { Reachability } from './reachability.js';

@Injectable()
export class Announcement implements OnApplicationBootstrap {
  private readonly logger = new Logger('PartyPage');

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly application: ApplicationConfig,
    private readonly reachability: Reachability,
    private readonly options: RelayOptions,
  ) {}

  /** Nest has no hook for "listens now", so the server itself is asked. */
  onApplicationBootstrap(): void {
    // None in a script that creates an application context, or in a microservice.
    const server = this.host.httpAdapter?.getHttpServer() as EventEmitter | undefined;
    server?.once('listening', () => this.announce());
  }

  private announce(): void {
    const { port = 0, address: ip = '' } = this.reachability.listening() ?? {};
    const { isLoopbackOnly, addresses } = this.reachability.now();
    const [address = isLoopbackOnly ? ip : 'localhost'] = addresses;
    const prefix = this.application
      .getGlobalPrefix()
      .replace(/^\/?(.)/, '/$1')
      .replace(/\/$/, '');
    const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}${prefix}/party`;
    const phones = isLoopbackOnly
      ? `on this computer only: phones cannot reach ${ip}; ${this.remedy()} lets them in`
      : 'on the big screen; phones in the same network scan its QR code';
    this.logger.log(`Open ${url} ${phones}`);
  }

  private remedy(): string {
    const isProgram = this.options instanceof ProgramOptions;
    return isProgram ? '--ip 0.0.0.0' : "app.listen(port, '0.0.0.0')";
  }
}

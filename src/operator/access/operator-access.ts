/** Where operators find their pages, and with which token. */
import type { EventEmitter } from 'node:events';
import type { Server } from 'node:net';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { inWordsOf } from '../../config/names-of-options.js';
import { RelayOptions } from '../../config/relay-options.js';
import { OperatorToken } from './operator-token.js';

/** Addresses that mean all of this machine's. */
const EVERYWHERE = ['0.0.0.0', '::'];

@Injectable()
export class OperatorAccess implements OnModuleInit, OnApplicationBootstrap {
  token!: OperatorToken;
  options!: RelayOptions;
  private readonly logger = new Logger('Relay');
  private readonly pages: string[] = [];
  private readonly minorPages: string[] = [];

  constructor(
    private readonly modules: ModuleRef,
    private readonly http: HttpAdapterHost,
    private readonly application: ApplicationConfig,
  ) {}

  /** The relay is found wherever in the backend it was imported. */
  onModuleInit(): void {
    this.options = this.modules.get(RelayOptions, { strict: false });
    this.token = new OperatorToken(this.options.operatorToken);
  }

  /**
   * Each module with a page for operators calls this before the server listens: the start names the first. A page for
   * programs, `isMinor`, is named only if there is no other.
   */
  announce(page: string, isMinor = false): void {
    if (isMinor) this.minorPages.push(page);
    else this.pages.push(page);
  }

  /** Nest has no hook for "listens now", so the server itself is asked. */
  onApplicationBootstrap(): void {
    const server = this.http.httpAdapter?.getHttpServer() as EventEmitter | undefined;
    server?.once('listening', () => this.tell(server as unknown as Server));
  }

  /** A token that the operator chose is a secret, also from readers of the log. */
  private tell(server: Server): void {
    const [page] = [...this.pages, ...this.minorPages];
    if (page === undefined) return;
    const { isRandom, text } = this.token;
    const url = `${this.rootOf(server)}${page}`;
    const known = inWordsOf(this.options, `${url}, with the token of --operator-token`);
    this.logger.log(`Operators: ${isRandom ? `${url}?token=${text}` : known}`);
  }

  private rootOf(server: Server): string {
    const address = server.address();
    const { address: ip, port } = address !== null && typeof address === 'object' ? address : NOWHERE;
    const shown = EVERYWHERE.includes(ip) ? 'localhost' : ip.includes(':') ? `[${ip}]` : ip;
    const prefix = this.application.getGlobalPrefix().replace(/^\/|\/$/g, '');
    return `http://${shown}:${port}/${prefix === '' ? '' : `${prefix}/`}`;
  }
}

/** On a Unix domain socket. */
const NOWHERE = { address: 'localhost', port: 80 };

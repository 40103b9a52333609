/** Where operators find their pages, and with which token. */
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { inWordsOf } from '../../config/names-of-options.js';
import { RelayOptions } from '../../config/relay-options.js';
import { OwnAddress } from '../../http/own-address.js';
import { OperatorToken } from './operator-token.js';

/** Addresses that mean all of this machine's. */
const EVERYWHERE = ['0.0.0.0', '::'];

@Injectable()
export class OperatorAccess implements OnApplicationBootstrap {
  readonly token: OperatorToken;
  private readonly logger = new Logger('Relay');
  private readonly pages: string[] = [];
  private readonly minorPages: string[] = [];

  constructor(
    readonly options: RelayOptions,
    private readonly own: OwnAddress,
  ) {
    this.token = new OperatorToken(options.operatorToken);
  }

  /**
   * Each module with a page for operators calls this before the server listens: the start names the first. A page for
   * programs, `isMinor`, is named only if there is no other.
   */
  announce(page: string, isMinor = false): void {
    if (isMinor) this.minorPages.push(page);
    else this.pages.push(page);
  }

  onApplicationBootstrap(): void {
    this.own.onceListening(() => this.tell());
  }

  /** A token that the operator chose is a secret, also from readers of the log. */
  private tell(): void {
    const [page] = [...this.pages, ...this.minorPages];
    if (page === undefined) return;
    const { isRandom, text } = this.token;
    const { address, port } = this.own.listening ?? ON_A_SOCKET;
    const url = this.own.urlOf(page, EVERYWHERE.includes(address) ? 'localhost' : address, port);
    const known = inWordsOf(this.options, `${url}, with the token of --operator-token`);
    this.logger.log(`Operators: ${isRandom ? `${url}?token=${text}` : known}`);
  }
}

/** On a Unix domain socket. */
const ON_A_SOCKET = { address: 'localhost', port: 80 };

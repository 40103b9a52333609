/** Which address a connection came from, also when reverse proxies stand in between. */
import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import proxyAddr from 'proxy-addr';
import { RelayOptions } from '../../config/relay-options.js';
import { ownText } from '../rooms/own-copy.js';
import { addressIn, isLoopback, plainAddress } from './address.js';
import { ProxyWarnings } from './proxy-warnings.js';

/**
 * Trusts proxies as Express does: `X-Forwarded-For` is read from its end, where the last proxy wrote, as far as
 * the writers are trusted, and whatever a peer wrote itself stands before that and is never reached (A23).
 */
@Injectable()
export class ClientAddresses {
  private readonly isTrusted: (written: string, hop: number) => boolean;
  private readonly warnings: ProxyWarnings;

  constructor(options: RelayOptions) {
    const isTrusted = proxyAddr.compile([...options.trustProxy]);
    const reads = (written: string, hop: number): boolean => isTrusted(addressIn(written) ?? written, hop);
    this.isTrusted = options.trustProxy.length === 0 ? trustsNone : reads;
    this.warnings = new ProxyWarnings(options);
  }

  /**
   * The peer's address in its plain spelling; empty if it has none, as on a Unix domain socket. Never throws,
   * whatever the header says: from the first thing in it that cannot be, the address before it counts. What an
   * operator should know of the proxies is warned of, once.
   */
  of(request: IncomingMessage): string {
    const { remoteAddress } = request.socket;
    if (remoteAddress === undefined) return '';
    const sender = plainAddress(remoteAddress);
    const isTrusted = this.isTrusted(sender, 0);
    this.warnings.look(request.headers, sender, isTrusted);
    return isTrusted ? this.toldBy(sender, request) : sender;
  }

  private toldBy(sender: string, request: IncomingMessage): string {
    let client = sender;
    const [, ...hops] = proxyAddr.all(request, this.isTrusted);
    if (hops.length === 0 && request.headers['x-forwarded-for'] !== undefined)
      this.warnings.unreadable('', sender);
    for (const written of hops) {
      const plain = plainAddress(addressIn(written) ?? '');
      // A proxy elsewhere cannot know our loopback, and no peer gets rid of the limits by naming it.
      if (plain === '' || (isLoopback(plain) && !isLoopback(sender))) {
        this.warnings.unreadable(written, client);
        break;
      }
      client = plain;
    }
    // What was cut out of the header would keep all of it in memory for as long as the address is remembered.
    return ownText(client);
  }
}

function trustsNone(): boolean {
  return false;
}

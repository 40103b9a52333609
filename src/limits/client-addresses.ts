/** Which address a connection came from, also when reverse proxies stand in between. */
import type { IncomingMessage } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import proxyAddr from 'proxy-addr';
import { RelayOptions } from '../config/relay-options.js';
import { isAddress, isLoopback, plainAddress } from './address.js';

/**
 * Trusts proxies as Express does: `X-Forwarded-For` is read from its end, where the last proxy wrote, as far as
 * the writers are trusted, and whatever a peer wrote itself stands before that and is never reached (A23).
 */
@Injectable()
export class ClientAddresses {
  private readonly isTrusted: (address: string, hop: number) => boolean;
  private hasWarned = false;

  constructor(options: RelayOptions) {
    this.isTrusted = proxyAddr.compile([...options.trustProxy]);
  }

  /**
   * The peer's address in its plain spelling; empty if it has none, as on a Unix domain socket. Never throws,
   * whatever the header says: from the first thing in it that cannot be, the address before it counts.
   */
  of(request: IncomingMessage): string {
    const { remoteAddress } = request.socket;
    if (remoteAddress === undefined) return '';
    const sender = plainAddress(remoteAddress);
    this.warnOfStranger(request, sender);
    if (!this.isTrusted(sender, 0)) return sender;
    let client = sender;
    for (const hop of proxyAddr.all(request, this.isTrusted).slice(1)) {
      if (!isAddress(hop)) break;
      const plain = plainAddress(hop);
      // A proxy elsewhere cannot know our loopback, and nobody gets rid of the limits by naming it.
      if (isLoopback(plain) && !isLoopback(sender)) break;
      client = plain;
    }
    return client;
  }

  private warnOfStranger({ headers }: IncomingMessage, sender: string): void {
    if (this.hasWarned || headers['x-forwarded-for'] === undefined || this.isTrusted(sender, 0)) return;
    this.hasWarned = true;
    const counted = isLoopback(sender) ? 'no limit per address applies to them' : 'limits may refuse them';
    new Logger('Relay').warn(
      `X-Forwarded-For from ${sender} is ignored, since --trust-proxy does not name it: if it is a ` +
        `proxy, all peers behind it count as one address, and ${counted}`,
    );
  }
}

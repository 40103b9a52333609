/** What the log says, once each, when proxies and the option `trust-proxy` do not fit together (A23). */
import type { IncomingHttpHeaders } from 'node:http';
import { Logger } from '@nestjs/common';
import { onOneLine, shown } from '../../config/option-error.js';
import { ProgramOptions, type RelayOptions } from '../../config/relay-options.js';
import { isLoopback } from './address.js';

const HEADER = 'x-forwarded-for';

/** Headers in which other proxies name a peer. The relay reads none of them: each more could be forged. */
const OTHERS = [
  ['forwarded', 'Forwarded'],
  ['x-real-ip', 'X-Real-IP'],
  ['cf-connecting-ip', 'CF-Connecting-IP'],
  ['true-client-ip', 'True-Client-IP'],
] as const;

type Warning = 'not trusted' | 'other header' | 'unreadable';

export class ProxyWarnings {
  private readonly logger = new Logger('Relay');
  private readonly told = new Set<Warning>();

  constructor(private readonly options: RelayOptions) {}

  /** Looks at the headers of a request that came from `sender`, which is trusted as a proxy or is not. */
  look(headers: IncomingHttpHeaders, sender: string, isTrusted: boolean): void {
    if (headers[HEADER] !== undefined) {
      if (!isTrusted) this.once('not trusted', () => this.notTrusted(sender));
      return;
    }
    for (const [name, other] of OTHERS) {
      if (headers[name] === undefined) continue;
      return this.once('other header', () => this.otherHeader(other, sender, isTrusted));
    }
  }

  /** The proxy at `sender` is trusted, and what it wrote cannot be the address of a peer. */
  unreadable(written: string, sender: string): void {
    this.once(
      'unreadable',
      () =>
        `X-Forwarded-For of the trusted proxy ${sender} says ${onOneLine(shown(written))}, which cannot be ` +
        `the address of a peer: all peers that it presents so count as the proxy itself, and ${counted(sender)}`,
    );
  }

  private notTrusted(sender: string): string {
    return (
      `X-Forwarded-For came from ${sender} and is ignored: if that is your proxy, ${this.remedy(sender)}. ` +
      `Until then all peers behind it count as one address, and ${counted(sender)}`
    );
  }

  private otherHeader(name: string, sender: string, isTrusted: boolean): string {
    const trust = isTrusted ? '' : ` and ${this.remedy(sender)}`;
    return (
      `${name} came from ${sender} without X-Forwarded-For, the only header that the relay reads: if that is ` +
      `your proxy, let it set X-Forwarded-For${trust}. Until then all peers behind it count as one address, ` +
      `and ${counted(sender)}`
    );
  }

  /** What makes the relay trust the sender, too, as it is typed. */
  private remedy(sender: string): string {
    const added = isLoopback(sender) ? 'loopback' : sender.replace(/%.*$/, '');
    const trusted = [...this.options.trustProxy, added];
    if (!(this.options instanceof ProgramOptions)) {
      return `give RelayModule the option trustProxy: [${trusted.map((item) => `'${item}'`).join(', ')}]`;
    }
    const list = trusted.join(',');
    return `start the relay with --trust-proxy ${list} (RELAY_TRUST_PROXY=${list})`;
  }

  private once(warning: Warning, text: () => string): void {
    if (this.told.has(warning)) return;
    this.told.add(warning);
    this.logger.warn(text());
  }
}

function counted(sender: string): string {
  return isLoopback(sender)
    ? 'limits per address do not apply to them'
    : 'they all share one limit per address';
}

/** What is known of one address. */
import type { RelayOptions } from '../config/relay-options.js';
import { TokenBucket } from './token-bucket.js';

const SECONDS_PER_MINUTE = 60;

/** Codes that an address may ask for again without making a new guess: its parties that lost their hosts. */
const CODES_REMEMBERED = 10;

/** Counts what is there now, and meters what was there lately. Owned by the {@link AddressBook}. */
export class AddressAccount {
  connections = 0;
  hosts = 0;
  /** Each undefined if its limit is off. */
  readonly newConnections: TokenBucket | undefined;
  readonly newHosts: TokenBucket | undefined;
  readonly failedLogins: TokenBucket | undefined;
  private readonly membersByCode = new Map<string, number>();
  private readonly failedCodes: string[] = [];

  constructor(options: RelayOptions, now: number) {
    const { newConnectionsBurst, newConnectionsPerSecond, newHostsPerMinute } = options;
    const { failedLoginsBurst, failedLoginsPerMinute } = options;
    this.newConnections = bucket(newConnectionsPerSecond, newConnectionsBurst, now);
    this.newHosts = bucket(newHostsPerMinute / SECONDS_PER_MINUTE, newHostsPerMinute, now);
    this.failedLogins = bucket(failedLoginsPerMinute / SECONDS_PER_MINUTE, failedLoginsBurst, now);
  }

  /** Whether the address has anything now that will end one day. */
  get isInUse(): boolean {
    return this.connections > 0 || this.membersByCode.size > 0;
  }

  /** A host or player of the code has logged in (`by` 1) or is gone (-1). */
  countMember(serverCode: string, by: 1 | -1): void {
    const count = (this.membersByCode.get(serverCode) ?? 0) + by;
    if (count > 0) this.membersByCode.set(serverCode, count);
    else this.membersByCode.delete(serverCode);
  }

  /** Whether a login with the code tells the address nothing that it does not know. */
  knows(serverCode: string): boolean {
    return this.membersByCode.has(serverCode) || this.failedCodes.includes(serverCode);
  }

  /** A login failed because nobody holds the code. */
  loginFailed(serverCode: string, now: number): void {
    if (this.knows(serverCode)) return;
    this.failedCodes.push(serverCode);
    if (this.failedCodes.length > CODES_REMEMBERED) this.failedCodes.shift();
    this.failedLogins?.spend(1, now);
  }
}

function bucket(perSecond: number, burst: number, now: number): TokenBucket | undefined {
  return perSecond === 0 || burst === 0 ? undefined : new TokenBucket(perSecond, burst, now);
}

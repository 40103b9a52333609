/** What is known of one address. */
import type { RelayOptions } from '../../config/relay-options.js';
import { FIXED } from '../../config/fixed-limits.js';
import { Guesses } from './guesses.js';
import { TokenBucket } from './token-bucket.js';

const SECONDS_PER_MINUTE = 60;

/** Counts what is there now, and meters what was there lately. Owned by the {@link AddressBook}. */
export class AddressAccount {
  connections = 0;
  hosts = 0;
  /** Each undefined if its limit is off. */
  readonly newConnections: TokenBucket | undefined;
  readonly newHosts: TokenBucket | undefined;
  readonly guesses: Guesses;

  /** @param now milliseconds of a monotonic clock. */
  constructor(options: RelayOptions, now: () => number) {
    const { newConnectionsPerSecond, newHostsPerMinute, failedLoginsPerMinute } = options;
    const start = now();
    this.newConnections = bucket(
      newConnectionsPerSecond,
      newConnectionsPerSecond * FIXED.burstSeconds,
      start,
    );
    this.newHosts = bucket(newHostsPerMinute / SECONDS_PER_MINUTE, newHostsPerMinute, start);
    const guesses = failedLoginsPerMinute * FIXED.guessBurstMinutes;
    const tokens = bucket(failedLoginsPerMinute / SECONDS_PER_MINUTE, guesses, start);
    // As many as may come at once (A18), but never most of them.
    this.guesses = new Guesses(tokens, Math.min(newHostsPerMinute, Math.floor(guesses / 2)), now);
  }

  /** Whether the address has anything now that will end one day. */
  get isInUse(): boolean {
    return this.connections > 0 || this.guesses.hasMembers;
  }
}

function bucket(perSecond: number, burst: number, now: number): TokenBucket | undefined {
  return perSecond === 0 ? undefined : new TokenBucket(perSecond, burst, now);
}

/** How often an address may ask. */
import type { RelayOptions } from '../../config/relay-options.js';
import { AddressBuckets } from '../../relay/limits/address-buckets.js';

/**
 * As often as it may connect (A16), for each ended connection asks once: a party of 100 phones that all lose their
 * host at once meets no limit (A25).
 */
export class AskingLimit extends AddressBuckets {
  /** @param now milliseconds of a monotonic clock. */
  constructor(options: Pick<RelayOptions, 'newConnectionsPerSecond'>, now?: () => number) {
    super(options.newConnectionsPerSecond, now);
  }
}

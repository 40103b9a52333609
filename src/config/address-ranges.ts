/** The type of an option that lists addresses, in the words of `proxy-addr`. */
import { isIPv4, isIPv6 } from 'node:net';
import { listOf, type OptionType } from './option-types.js';

/** The names that `proxy-addr` knows for the ranges of this machine and of private networks. */
const NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses, ranges of addresses, and names of ranges. */
export function addressRanges(): OptionType<readonly string[]> {
  const allowed = `addresses, ranges such as 10.0.0.0/8, or the words ${NAMES.join(', ')}`;
  return {
    ...listOf(allowed, /./),
    rules: ({ IsArray, ValidateBy }, message) => [
      IsArray({ message: `must be an array of ${allowed}` }),
      ValidateBy({ name: 'isAddressRange', validator: { validate: isRange } }, { each: true, message }),
    ],
  };
}

/** A range of 0 bits would be everybody. IPv6 is wanted in groups only: not all that ends in IPv4 is understood. */
function isRange(item: unknown): boolean {
  if (typeof item !== 'string') return false;
  const [, ipv4, ipv6, bits = '1'] = /^(?:([\d.]+)|([\da-f:]+))(?:\/([1-9]\d{0,2}))?$/i.exec(item) ?? [];
  const longest = isIPv4(ipv4 ?? '') ? 32 : isIPv6(ipv6 ?? '') ? 128 : 0;
  return NAMES.includes(item) || Number(bits) <= longest;
}

/** The type of an option that lists addresses, in the words of `proxy-addr`. */
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import { listOf, type OptionType } from './option-types.js';

/** The names that `proxy-addr` knows for the ranges of this machine and of private networks. */
const NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** Addresses, ranges of addresses, and names of ranges. */
export function addressRanges(): OptionType<readonly string[]> {
  const allowed = `addresses, ranges such as 10.0.0.0/8, or the words ${NAMES.join(', ')}`;
  return {
    ...listOf(allowed, /./),
    rules: ({ IsArray, ValidateBy }, message) => [
      IsArray({ message }),
      ValidateBy({ name: 'isAddressRange', validator: { validate: isRange } }, { each: true, message }),
    ],
  };
}

/** proxy-addr alone would take `1` for an address. A range of 0 bits is everybody, and refused by it. */
function isRange(item: unknown): boolean {
  if (typeof item !== 'string') return false;
  const [address = '', bits = '1'] = item.split('/');
  return NAMES.includes(item) || (isIP(address) !== 0 && /^\d+$/.test(bits) && isKnown(item));
}

function isKnown(range: string): boolean {
  try {
    return typeof proxyAddr.compile(range) === 'function';
  } catch {
    return false;
  }
}

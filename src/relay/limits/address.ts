/** What an address is to the limits: which peers count as one. */
import { isIP, isIPv4 } from 'node:net';

/** An IPv6 address has 8 groups of 16 bits; a provider gives a customer a /64 at least, which is half of them. */
const GROUPS = 8;
const GROUPS_OF_A_CUSTOMER = 4;

/** IPv4 in the clothes of IPv6, as text or as its last two groups. */
const MAPPED = /^[0:]+:ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i;

/** Whether the text is an address and nothing else. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0;
}

/** An address with a port or brackets, or in quotes, as some proxies write one. */
const WRITTEN = /^"?(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?"?$/;

/** The address that a proxy wrote, without port, brackets and quotes; undefined if it wrote none. */
export function addressIn(written: string): string | undefined {
  if (isAddress(written)) return written;
  const [, ipv6, ipv4] = WRITTEN.exec(written) ?? [];
  const address = ipv6 ?? ipv4 ?? '';
  return isAddress(address) ? address : undefined;
}

/** Makes `::ffff:192.0.2.1` plain IPv4, and leaves any other address as it is. */
export function plainAddress(address: string): string {
  // No address of IPv4 has one, and this is asked of every connection.
  if (!address.includes(':')) return address;
  const [isMapped, ipv4, high = '', low = ''] = MAPPED.exec(address) ?? [];
  if (isMapped === undefined) return address;
  return (
    ipv4 ?? [high, low].flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]).join('.')
  );
}

const LOOPBACK = /^[0:]+1$/;

/** Whether the address, a plain one, is this machine's own, which no other machine can have. */
export function isLoopback(plain: string): boolean {
  return plain.startsWith('127.') || LOOPBACK.test(plain);
}

/**
 * The name under which the limits count an address: IPv4 as it is, IPv6 by its /64. Undefined where no limit
 * per address applies (A24): for loopback, and for a peer without any address, on a socket of this machine.
 */
export function keyOf(address: string): string | undefined {
  const plain = plainAddress(address);
  if (isLoopback(plain)) return undefined;
  if (isIPv4(plain)) return plain;
  return isAddress(plain) ? networkOf(plain) : undefined;
}

// Not by ipaddr.js, which does not know all spellings (`1::192.0.2.1`).
function networkOf(ipv6: string): string {
  const inHex = ipv6.replace(/%.*$/, '').replace(/[^:]+\.[^:]+$/, '0:0');
  const [head = [], tail = []] = inHex
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(GROUPS - head.length - tail.length).fill('0');
  const groups = [...head, ...zeros, ...tail].slice(0, GROUPS_OF_A_CUSTOMER);
  return groups.map((group) => parseInt(group, 16).toString(16)).join(':');
}

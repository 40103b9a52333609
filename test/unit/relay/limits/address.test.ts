import fc from 'fast-check';
import { isIP } from 'node:net';
import { expect, test } from 'vitest';
import { isAddress, keyOf, plainAddress } from '../../../../src/relay/limits/address.js';

test('each IPv4 address counts by itself', () => {
  expect(keyOf('192.0.2.1')).toBe('192.0.2.1');
  expect(keyOf('192.0.2.2')).not.toBe(keyOf('192.0.2.1'));
});

test('all IPv6 addresses of one /64 count as one', () => {
  const home = [
    '2001:db8:1:2::1',
    '2001:DB8:1:2:ffff:ffff:ffff:ffff',
    '2001:db8:0001:2::192.0.2.1',
    '2001:db8:1:2:3:4:5:6%eth0',
  ];
  expect(new Set(home.map(keyOf)).size).toBe(1);
  expect(keyOf('2001:db8:1:3::1')).not.toBe(keyOf('2001:db8:1:2::1'));
  expect(keyOf('2001:db8::1')).toBe('2001:db8:0:0');
});

test('an IPv4 address written as IPv6 counts as IPv4', () => {
  for (const address of [
    '::ffff:192.0.2.1',
    '::FFFF:c000:201',
    '0:0:0:0:0:ffff:192.0.2.1',
    '::0:ffff:c000:0201',
    '0::ffff:192.0.2.1',
  ]) {
    expect(keyOf(address)).toBe('192.0.2.1');
    expect(plainAddress(address)).toBe('192.0.2.1');
  }
});

test.each(['127.0.0.1', '127.8.9.10', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])(
  '[A24] %s is loopback, where no limit per address applies',
  (address) => expect(keyOf(address)).toBeUndefined(),
);

test.each([
  '',
  'unknown',
  '1',
  '0x7f.1',
  '010.1.2.3',
  '1.2.3',
  '1.2.3.4:80',
  '[::2]',
  '1.2.3.4\r\n',
  '256.1.1.1',
])('%j is not an address, and has no key', (text) => {
  expect(isAddress(text)).toBe(false);
  expect(keyOf(text)).toBeUndefined();
});

test('every address that Node knows has a short key or is loopback', () => {
  const zone = '2001:db8::1%eth0';
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant(zone)), (address) => {
      expect(isAddress(address)).toBe(isIP(address) > 0);
      expect((keyOf(address) ?? '').length).toBeLessThan(20);
    }),
  );
});

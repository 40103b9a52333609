import fc from 'fast-check';
import { isIP } from 'node:net';
import { Logger } from '@nestjs/common';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { validateOptions } from '../../../../src/config/validate-options.js';
import { ClientAddresses } from '../../../../src/relay/limits/client-addresses.js';
import { request } from './town.js';

const warn = vi.spyOn(Logger.prototype, 'warn');
beforeEach(() => void warn.mockReset().mockReturnValue(undefined));
// Other files share the process.
afterAll(() => void warn.mockRestore());

/** The address of a peer whose connection comes from `sender` and says `forwardedFor`. */
function clientOf(trustProxy: string[], sender: string | undefined, forwardedFor?: string): string {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return new ClientAddresses(validateOptions({ trustProxy })).of(request(sender, headers));
}

test('[A23] without a trusted proxy the address is that of the connection', () => {
  expect(clientOf([], '192.0.2.1')).toBe('192.0.2.1');
  expect(clientOf([], '192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
  expect(clientOf(['loopback'], '192.0.2.1', '198.51.100.7')).toBe('192.0.2.1');
});

test('[A23] a trusted proxy names the address of its peer', () => {
  expect(clientOf(['loopback'], '127.0.0.1', '198.51.100.7')).toBe('198.51.100.7');
  expect(clientOf(['loopback'], '::ffff:127.0.0.1', '2001:db8::7')).toBe('2001:db8::7');
  expect(clientOf(['10.0.0.0/8'], '10.1.2.3', '198.51.100.7')).toBe('198.51.100.7');
  expect(clientOf(['loopback'], '127.0.0.1')).toBe('127.0.0.1');
});

test('[A23] the relay ignores what a peer itself wrote into the header', () => {
  const forged = '203.0.113.1, 127.0.0.1, 198.51.100.7';
  expect(clientOf(['loopback'], '127.0.0.1', forged)).toBe('198.51.100.7');
});

test('[A23] the relay follows a chain of proxies as far as it trusts them', () => {
  const trusted = ['loopback', 'uniquelocal', '192.0.2.9'];
  expect(clientOf(trusted, '127.0.0.1', '203.0.113.1, 198.51.100.7, 192.0.2.9, 10.0.0.3')).toBe(
    '198.51.100.7',
  );
});

test.each([
  'unknown',
  '1.2.3.4:port',
  '[1.2.3.4',
  '2001:db8::1]:443',
  '_hidden',
  '0x7f.1',
  '<script>',
  ', ,',
  '',
  '\u0000',
  '1'.repeat(8_000),
])('[A23] behind a proxy that writes %j instead of an address the peer counts as the proxy', (garbage) => {
  expect(clientOf(['loopback', '10.0.0.3'], '127.0.0.1', `198.51.100.7, ${garbage}`)).toMatch(
    /^(127\.0\.0\.1|198\.51\.100\.7)$/,
  );
  expect(clientOf(['10.0.0.3'], '10.0.0.3', garbage)).toBe('10.0.0.3');
});

test.each([
  ['203.0.113.5:4711', '203.0.113.5'],
  ['"203.0.113.5:4711"', '203.0.113.5'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['"[2001:db8::1]:443"', '2001:db8::1'],
  ['[::ffff:203.0.113.5]:80', '203.0.113.5'],
  ['2001:db8::1:443', '2001:db8::1:443'],
  ['198.51.100.7, 203.0.113.5:4711', '203.0.113.5'],
  ['203.0.113.5:4711, 10.0.0.3:8080', '203.0.113.5'],
  ['[2001:db8::1]:443, [::1]:9, 10.0.0.3:8080', '2001:db8::1'],
])('[A23] a port and brackets are not part of the address: %s', (header, address) => {
  expect(clientOf(['loopback', '10.0.0.3'], '127.0.0.1', header)).toBe(address);
  expect(warn).not.toHaveBeenCalled();
});

test('[A24] a proxy on another machine cannot make its peers loopback', () => {
  expect(clientOf(['10.0.0.3'], '10.0.0.3', '127.0.0.1')).toBe('10.0.0.3');
  expect(clientOf(['10.0.0.3'], '10.0.0.3', '127.0.0.1:80')).toBe('10.0.0.3');
  expect(clientOf(['10.0.0.3'], '10.0.0.3', '[::1]:80')).toBe('10.0.0.3');
  expect(clientOf(['10.0.0.3', 'loopback'], '10.0.0.3', '198.51.100.7, ::1')).toBe('10.0.0.3');
});

test('a peer on a Unix domain socket has no address', () => {
  expect(clientOf(['loopback'], undefined, '198.51.100.7')).toBe('');
});

test('[A23] whatever the header says, the answer is an address and no error is thrown', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom('127.1', '::', '%', '/8'),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom(',', ', ', ' '), (pieces, separator) => {
      const address = clientOf(['loopback', 'uniquelocal', '0.0.0.1/1'], '127.0.0.1', pieces.join(separator));
      expect(isIP(address)).toBeGreaterThan(0);
    }),
  );
});

// Rule A23: what the log says, once each, when proxies and the option `trust-proxy` do not fit together.
import { Logger } from '@nestjs/common';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { ProgramOptions } from '../../../../src/config/relay-options.js';
import { completeOptions, validateOptions } from '../../../../src/config/validate-options.js';
import { ClientAddresses } from '../../../../src/relay/limits/client-addresses.js';
import { optionsFrom } from '../../config/typed.js';
import { request } from './town.js';

const warn = vi.spyOn(Logger.prototype, 'warn');
beforeEach(() => void warn.mockReset().mockReturnValue(undefined));
// Other files share the process.
afterAll(() => void warn.mockRestore());
const warnings = (): string[] => warn.mock.calls.map(([text]) => String(text));

const FORWARDED = { 'x-forwarded-for': '198.51.100.7' };

/** The addresses of a program that trusts these proxies. */
function program(...trustProxy: string[]): ClientAddresses {
  return new ClientAddresses(completeOptions(ProgramOptions, new Map([['trustProxy', trustProxy]])));
}

test('[A23] the log warns once of a header from a sender that is not trusted', () => {
  const addresses = program();
  addresses.of(request('127.0.0.1'));
  expect(warnings()).toEqual([]);
  for (const sender of ['127.0.0.1', '127.0.0.1', '192.0.2.1']) addresses.of(request(sender, FORWARDED));
  expect(warnings()).toEqual([
    'X-Forwarded-For came from 127.0.0.1 and is ignored: if that is your proxy, start the relay with ' +
      '--trust-proxy loopback (RELAY_TRUST_PROXY=loopback). Until then all peers behind it count as one address, ' +
      'and limits per address do not apply to them',
  ]);
});

test.each([
  ['127.0.0.1', [], 'loopback'],
  ['::1', [], 'loopback'],
  ['::ffff:10.0.0.7', [], '10.0.0.7'],
  ['10.0.0.8', ['loopback', '10.0.0.7'], 'loopback,10.0.0.7,10.0.0.8'],
  ['2001:db8::7', [], '2001:db8::7'],
  ['fe80::1%eth0', [], 'fe80::1'],
])('[A23] for %s, beside %j, the warning names the option that helps', async (sender, trusted, list) => {
  program(...trusted).of(request(sender, FORWARDED));
  expect(warnings()).toEqual([expect.stringContaining(`--trust-proxy ${list} (RELAY_TRUST_PROXY=${list}).`)]);
  // What the warning says can be typed, and helps.
  const { trustProxy } = await optionsFrom({ args: ['--trust-proxy', list] });
  expect(new ClientAddresses(validateOptions({ trustProxy })).of(request(sender, FORWARDED))).toBe(
    '198.51.100.7',
  );
  expect(warnings()).toHaveLength(1);
});

test('[A23] in a larger backend the warning names the option of its module', () => {
  new ClientAddresses(validateOptions({ trustProxy: ['loopback'] })).of(request('10.0.0.7', FORWARDED));
  expect(warnings()).toEqual([
    expect.stringContaining("give RelayModule the option trustProxy: ['loopback', '10.0.0.7']."),
  ]);
});

test('[A23] the log does not warn of a header from a trusted proxy', () => {
  program('loopback').of(request('127.0.0.1', FORWARDED));
  program('loopback').of(request('127.0.0.1', { ...FORWARDED, 'x-real-ip': '198.51.100.7' }));
  expect(warnings()).toEqual([]);
});

test.each([
  ['unknown', '"unknown"'],
  ['198.51.100.7, _hidden', '"_hidden"'],
  ['for=198.51.100.7', '"for=198.51.100.7"'],
  ['127.0.0.1', '"127.0.0.1"'],
  ['', '""'],
  ['\u009b31m', '"\\u009b31m"'],
])('[A23] the log warns once of a trusted proxy that writes %j', (header, shown) => {
  const addresses = program('10.0.0.3');
  for (let i = 0; i < 2; i++) {
    expect(addresses.of(request('10.0.0.3', { 'x-forwarded-for': header }))).toBe('10.0.0.3');
  }
  expect(warnings()).toEqual([
    `X-Forwarded-For of the trusted proxy 10.0.0.3 says ${shown}, which cannot be the address of a peer: all peers that ` +
      'it presents so count as the proxy itself, and they all share one limit per address',
  ]);
});

test.each([
  ['forwarded', 'Forwarded', 'for=198.51.100.7'],
  ['x-real-ip', 'X-Real-IP', '198.51.100.7'],
  ['cf-connecting-ip', 'CF-Connecting-IP', '198.51.100.7'],
  ['true-client-ip', 'True-Client-IP', '198.51.100.7'],
])('[A23] the log warns once of a proxy that names its peers only in %s', (header, name, value) => {
  for (const [trusted, and] of [
    [[], ' and start the relay with --trust-proxy loopback'],
    [['loopback'], ''],
  ] as const) {
    const addresses = program(...trusted);
    for (let i = 0; i < 2; i++)
      expect(addresses.of(request('127.0.0.1', { [header]: value }))).toBe('127.0.0.1');
    const [warning = ''] = warnings();
    expect(warnings()).toEqual([warning]);
    expect(warning).toMatch(new RegExp(`^${name} came from 127.0.0.1 without X-Forwarded-For, `));
    expect(warning).toContain(`let it set X-Forwarded-For${and}`);
    warn.mockClear();
  }
});

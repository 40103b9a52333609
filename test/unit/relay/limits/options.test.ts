import fc from 'fast-check';
import proxyAddr from 'proxy-addr';
import { expect, test } from 'vitest';
import { OptionError } from '../../../../src/config/option-error.js';
import { validateOptions } from '../../../../src/config/validate-options.js';

test.each(['loopback', 'linklocal', 'uniquelocal', '192.0.2.1', '10.0.0.0/8', '::1', '2001:db8::/32'])(
  '[A23] %s can be trusted',
  (item) => {
    expect(validateOptions({ trustProxy: [item] }).trustProxy).toEqual([item]);
  },
);

const WRONG = [
  '',
  'true',
  '1',
  '*',
  'local',
  '10.0.0.0/0',
  '10.0.0.0/33',
  '::/129',
  '10.0.0.0/255.0.0.0',
  '10.0/8',
];
test.each(WRONG)('[A23] %j does not name a proxy, and stops the start', (item) => {
  expect(() => validateOptions({ trustProxy: ['loopback', item] })).toThrow(OptionError);
});

test('[A23] proxy-addr accepts every value that the option accepts', () => {
  const bits = fc.integer({ min: -1, max: 130 });
  const item = fc
    .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.option(bits))
    .map(([ip, n]) => (n === null ? ip : `${ip}/${n}`));
  fc.assert(
    fc.property(item, (trusted) => {
      fc.pre(isTaken(() => validateOptions({ trustProxy: [trusted] })));
      expect(isTaken(() => proxyAddr.compile(trusted))).toBe(true);
    }),
  );
});

test.each(['party.example', 'https://party.example/', 'https://', '*', 'https://a b'])(
  '[A22] %j is not an origin, and stops the start',
  (origin) => {
    expect(() => validateOptions({ allowedOrigins: [origin] })).toThrow(OptionError);
  },
);

function isTaken(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

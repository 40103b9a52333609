import { expect, test } from 'vitest';
import { isOriginAllowed } from '../../../../src/relay/limits/allowed-origins.js';
import { Town, request } from './town.js';

const PARTY = 'https://party.example';

test('[A22] any page may connect unless origins are listed', () => {
  expect(isOriginAllowed('https://elsewhere.example', [])).toBe(true);
});

test.each([
  [PARTY, true],
  ['HTTPS://Party.Example', true],
  ['https://party.example:443', true],
  ['https://party.example:8443', false],
  ['http://party.example', false],
  ['https://party.example.evil.example', false],
  ['https://evil.example/https://party.example', false],
  ['null', false],
  ['', false],
])('[A22] with a list, a page at %j is let in: %s', (origin, isLetIn) => {
  expect(isOriginAllowed(origin, ['http://localhost:80', PARTY])).toBe(isLetIn);
});

test('[A22] a game, which sends no origin, is let in', () => {
  expect(isOriginAllowed(undefined, [PARTY])).toBe(true);
});

test('[A22] a list may spell out a default port', () => {
  expect(isOriginAllowed('http://localhost', ['http://localhost:80'])).toBe(true);
  expect(isOriginAllowed('null', [PARTY, 'null'])).toBe(true);
});

test('[A22] a foreign page gets 403, from loopback too, and does not count as a connection', () => {
  const town = new Town({ allowedOrigins: [PARTY], maxConnectionsPerAddress: 1 });
  for (const sender of ['127.0.0.1', '192.0.2.1']) {
    const foreign = request(sender, { origin: 'https://elsewhere.example' });
    expect(town.refusal(foreign)).toEqual({ status: 403, ending: 'origin-refused' });
    expect(town.refusal(request(sender, { origin: PARTY }))).toBeUndefined();
  }
});

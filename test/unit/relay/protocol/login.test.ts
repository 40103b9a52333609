// Rules L8 to L10, as far as they are about the bytes of a first message.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFirstMessage } from '../../../../src/relay/protocol/login.js';
import { almostJson, anyBytes, jsonText } from './arbitraries.js';
import { accepted, notObjects } from './accepted.js';
import { refused } from './refused.js';
import { valueOf, violationOf } from './reference.js';
import { numRuns, timeout } from './runs.js';

test('[L9] a first message is read whole, with members that a login does not have', () => {
  const login = '{"action":"login_client","server_code":"SNEK","client_id":"467","__proto__":{"a":[1.50]}}';
  expect(readFirstMessage(Buffer.from(login))).toEqual(JSON.parse(login));
});

test('[L9] the members of a login are recognised in any spelling, whatever others sent before', () => {
  // Node 24 takes the second key for the first one (nodejs/node#63785).
  const sent = (key: string): unknown => readFirstMessage(Buffer.from(`{"once":0,"${key}":"login_client"}`));
  expect(sent(String.raw`\\u0061`)).toEqual({ once: 0, [String.raw`\u0061`]: 'login_client' });
  expect(sent(String.raw`\u0061ction`)).toEqual({ once: 0, action: 'login_client' });
});

test.each(accepted)('[L9] a first message may hold %s', (_, payload) => {
  expect(readFirstMessage(payload)).toEqual(valueOf(payload));
});

test.each([...notObjects, ...refused])('[L8] a first message that is not a JSON object: %s', (_, payload) => {
  expect(readFirstMessage(payload)).toBe(violationOf(payload, 1024));
});

test('[L8] a first message that is nested too deep is refused before any code recurses into it', () => {
  const nested = (depth: number): Buffer =>
    Buffer.from(`{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`);
  expect(readFirstMessage(nested(1024))).toBeTypeOf('object');
  expect(readFirstMessage(nested(1025))).toBe('too-deep');
  expect(readFirstMessage(nested(500_000))).toBe('too-deep');
});

test(
  '[L8] a first message of any bytes is what JSON.parse makes of it, or a violation',
  () => {
    const payloads = fc.oneof(
      jsonText.map((text) => Buffer.from(text)),
      almostJson,
      anyBytes,
    );
    const property = fc.property(payloads, (payload) => {
      expect(readFirstMessage(payload)).toEqual(violationOf(payload, 1024) ?? valueOf(payload));
    });
    fc.assert(property, { numRuns: numRuns / 4 });
  },
  timeout,
);

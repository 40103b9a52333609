// Rules H1, H2, H5 and H6: who a host's message is for, held against JSON.parse.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HostMessage } from '../../../../src/relay/protocol/host-message.js';
import { almostJson, anyBytes, jsonText } from './arbitraries.js';
import { accepted, notObjects } from './accepted.js';
import { refused } from './refused.js';
import { isObject, valueOf } from './reference.js';
import { numRuns, timeout } from './runs.js';

const message = new HostMessage();

/** A message so long that it is searched for the key before it is read. */
const long = `"filler":"${'x'.repeat(300)}"`;

function receiverOf(payload: Buffer | string): string | null | undefined {
  return message.read(Buffer.from(payload), false).receiver;
}

/** The rules H2, H5 and H6 for one payload. */
function expectedReceiver(payload: Buffer): string | null | undefined {
  const value = valueOf(payload);
  if (!isObject(value) || !Object.hasOwn(value, 'receiver_id')) return undefined;
  return typeof value['receiver_id'] === 'string' ? value['receiver_id'] : null;
}

test('[H1] a message keeps its bytes and its kind of frame', () => {
  for (const [, payload] of [...accepted, ...notObjects, ...refused]) {
    for (const isBinary of [true, false]) {
      message.read(payload, isBinary);
      const target = Buffer.alloc(payload.length + 2, 0xff);
      message.copyTo(target, 1);
      expect(message.isBinary).toBe(isBinary);
      expect(message.byteLength).toBe(payload.length);
      expect(target.subarray(1, -1).equals(payload)).toBe(true);
      expect([target[0], target.at(-1)]).toEqual([0xff, 0xff]);
    }
  }
});

test('[H2] a receiver_id at the top level makes a message a unicast', () => {
  expect(receiverOf('{"receiver_id":"467","action":"vibrate"}')).toBe('467');
  expect(receiverOf(`{${long}, "receiver_id" : "467" }`)).toBe('467');
  expect(receiverOf('{"receiver_id":""}')).toBe('');
});

test('[H2] the relay finds the receiver in a binary frame too', () => {
  expect(message.read(Buffer.from('{"receiver_id":"467"}'), true).receiver).toBe('467');
});

test.each([
  '"',
  '\\',
  '\\u0022',
  '\u0000\n\u001f',
  '🚗',
  '\ud83d',
  'jürgen',
  'receiver_id',
  'a'.repeat(1_024),
])('[H2] the id %j is decoded', (id) => {
  expect(receiverOf(JSON.stringify({ receiver_id: id }))).toBe(id);
  expect(receiverOf(`{${long},"receiver_id":${JSON.stringify(id)}}`)).toBe(id);
});

test.each([
  '[{"receiver_id":"467"}]',
  '"receiver_id"',
  '{"receiver_id":"467"',
  '{"receiver_id":"467",}',
  '{"receiver_id":"467"}}',
  '\ufeff{"receiver_id":"467"}',
  'receiver_id',
  '',
])('[H1] a message that is not a JSON object goes to all players: %s', (payload) => {
  expect(receiverOf(payload)).toBeUndefined();
  expect(receiverOf(payload + ' '.repeat(400))).toBeUndefined();
});

test('[H1] bytes that are not UTF-8 go to all players', () => {
  expect(receiverOf(Buffer.from('{"receiver_id":"467","name":"J\xfcrgen"}', 'latin1'))).toBeUndefined();
  expect(receiverOf(Buffer.from(`{"receiver_id":"J\xfcrgen",${long}}`, 'latin1'))).toBeUndefined();
});

test.each(['1', 'null', 'true', '{"a":"467"}', '["467"]', '1e400'])('[H5] %s matches no player', (value) => {
  expect(receiverOf(`{"receiver_id":${value}}`)).toBeNull();
  expect(receiverOf(`{${long},"receiver_id":"467","receiver_id":${value}}`)).toBeNull();
});

test('[H6] a receiver_id spelled with escapes counts', () => {
  expect(receiverOf(String.raw`{"receiver\u005Fid":"467"}`)).toBe('467');
  expect(
    receiverOf(
      String.raw`{${long},"\u0072\u0065\u0063\u0065\u0069\u0076\u0065\u0072\u005f\u0069\u0064":"4\u00367"}`,
    ),
  ).toBe('467');
});

test('[H6] of several receiver_ids the last one counts', () => {
  expect(receiverOf(String.raw`{"receiver_id":"1","a":2,"receiver\u005fid":"3"}`)).toBe('3');
  expect(receiverOf('{"receiver_id":1,"receiver_id":"3"}')).toBe('3');
});

test('[H6] a receiver_id within a nested value does not count', () => {
  expect(receiverOf(`{"a":{"receiver_id":"1"},"b":[{"receiver_id":"2"}],${long}}`)).toBeUndefined();
  expect(receiverOf('{"a":{"receiver_id":"1"},"receiver_id":"3"}')).toBe('3');
});

test('[H2] a message may be nested as deep as it is long, and half a mebibyte of brackets is read at once', () => {
  const deep = `"a":${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  expect(receiverOf(`{${deep},"receiver_id":"467"}`)).toBe('467');
  expect(receiverOf(`{"receiver_id":"467",${deep}}`)).toBe('467');
  expect(receiverOf(`{"receiver_id":"467",${deep.slice(0, -1)}}`)).toBeUndefined();
  expect(receiverOf(`{"receiver_id":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`)).toBeNull();
});

test.each([
  ['JSON', jsonText.map((text) => Buffer.from(text))],
  ['what was JSON before a few bytes changed', almostJson],
  ['any bytes', anyBytes],
])(
  '[H6] the receiver is the one that JSON.parse finds: %s',
  (_, payloads) => {
    const property = fc.property(payloads, fc.boolean(), (payload, isLong) => {
      const sent = isLong ? Buffer.concat([payload, Buffer.alloc(300, ' ')]) : payload;
      expect(receiverOf(sent)).toBe(expectedReceiver(sent));
    });
    fc.assert(property, { numRuns });
  },
  timeout,
);

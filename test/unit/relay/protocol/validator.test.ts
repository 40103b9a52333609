// Rules P8 to P11: what a player may send, held against JSON.parse.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StampedMessage } from '../../../../src/relay/protocol/player-message.js';
import { almostJson, anyBytes, jsonText } from './arbitraries.js';
import { accepted, notObjects } from './accepted.js';
import { refused } from './refused.js';
import { depthOf, isObject, textOf, valueOf, violationOf } from './reference.js';
import { numRuns, timeout } from './runs.js';

const MAX_DEPTH = 1024;
const message = new StampedMessage(MAX_DEPTH);

test.each(accepted)('[P11] a player may send %s', (_, payload) => {
  expect(isObject(valueOf(payload))).toBe(true);
  expect(message.read(payload)).toBeUndefined();
});

test.each(notObjects)('[P9] a player may not send a payload that is not an object: %s', (_, payload) => {
  expect(valueOf(payload)).not.toBeUndefined();
  expect(message.read(payload)).toBe('not-an-object');
});

test.each(refused)('[P8] a player may not send %s', (_, payload) => {
  expect(valueOf(payload)).toBeUndefined();
  expect(message.read(payload)).toBe('not-json');
});

test('[P8] an object counts only once its last byte has come', () => {
  for (const [, payload] of accepted) {
    const end = payload.lastIndexOf('}');
    for (let length = 0; length <= end; length++) {
      expect(message.read(payload.subarray(0, length)), `${payload.toString()} cut to ${length}`).toBe(
        'not-json',
      );
    }
  }
});

test('[P11] the bytes around a payload in memory do not matter', () => {
  for (const [what, payload] of [...accepted, ...notObjects, ...refused]) {
    const expected = message.read(Buffer.from(payload));
    for (const neighbour of ['"', '}', ' ', '0', '\\', '\xbf']) {
      const memory = Buffer.from(`${neighbour}${payload.toString('latin1')}${neighbour}`, 'latin1');
      expect(message.read(memory.subarray(1, -1)), what).toBe(expected);
    }
  }
});

test.each([
  ['JSON', jsonText.map((text) => Buffer.from(text))],
  ['what was JSON before a few bytes changed', almostJson],
  ['any bytes', anyBytes],
])(
  '[P11] the relay accepts and refuses what JSON.parse does: %s',
  (_, payloads) => {
    const property = fc.property(payloads, (payload) => {
      expect(message.read(payload)).toBe(violationOf(payload, MAX_DEPTH));
    });
    fc.assert(property, { numRuns });
  },
  timeout,
);

test(
  '[P10] a payload is too deep exactly if more containers are nested than the limit allows',
  () => {
    const readers = Array.from({ length: 7 }, (_, maxDepth) => new StampedMessage(maxDepth));
    const property = fc.property(jsonText, fc.integer({ min: 1, max: 6 }), (text, maxDepth) => {
      const payload = Buffer.from(text);
      expect(readers[maxDepth]?.read(payload)).toBe(violationOf(payload, maxDepth));
    });
    fc.assert(property, { numRuns });
  },
  timeout,
);

const nestings: [string, (depth: number) => string][] = [
  ['arrays', (depth) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`],
  ['objects', (depth) => `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`],
  ['both in turn', (depth) => `{"a":${'[{"a":'.repeat((depth - 1) / 2)}1${'}]'.repeat((depth - 1) / 2)}}`],
];
test.each(nestings)(
  '[P10] an object of max-depth levels is accepted, one of two more is not: %s',
  (_, nested) => {
    for (const depth of [3, 63, 65, 127, 129, 1023, 20_001]) {
      const reader = new StampedMessage(depth);
      expect(depthOf(nested(depth))).toBe(depth);
      expect(reader.read(Buffer.from(nested(depth)))).toBeUndefined();
      expect(reader.read(Buffer.from(nested(depth + 2)))).toBe('too-deep');
      expect(reader.read(Buffer.from(nested(depth)))).toBeUndefined();
    }
  },
);

test.each(['[', '{"a":', '[{"a":', '{"a":[', ' [', '{"":{"":[{"":'])(
  '[P10] a mebibyte of %s is refused at once',
  (piece) => {
    const open = Buffer.alloc(1 << 20, piece);
    for (const payload of [
      open,
      Buffer.concat([open, Buffer.from('}')]),
      Buffer.concat([Buffer.from('{"a":'), open]),
    ]) {
      expect(['too-deep', 'not-json']).toContain(message.read(payload));
    }
    expect(message.read(Buffer.concat([Buffer.from('{"a":'), open, Buffer.from('}')]))).toBe('too-deep');
  },
);

test('[P11] a mebibyte of one token is judged as JSON.parse judges it', () => {
  for (const piece of ['a', '\\n', '\\u0000', 'ä', '🚗', '}', '\\"', '\xff']) {
    const payload = Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(1 << 20, piece), Buffer.from('"}')]);
    expect(message.read(payload), piece).toBe(violationOf(payload, MAX_DEPTH));
  }
  for (const piece of [' ', '0', '0,', ',', '"', 'true,', '{},', '"":0,', '-', '.']) {
    const payload = Buffer.concat([Buffer.from('{"a":['), Buffer.alloc(1 << 20, piece), Buffer.from('0]}')]);
    expect(message.read(payload), piece).toBe(violationOf(payload, MAX_DEPTH));
  }
});

test('[P8] a payload of nothing but white space, or an empty one, is not JSON', () => {
  expect(message.read(Buffer.alloc(1 << 20, ' '))).toBe('not-json');
  expect(message.read(Buffer.alloc(0))).toBe('not-json');
  expect(textOf(Buffer.alloc(0))).toBe('');
});

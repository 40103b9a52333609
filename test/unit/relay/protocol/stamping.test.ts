// Rules P1 to P6: a stamped message, byte by byte, against the plain model of reference.ts.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StampedMessage, stampOf } from '../../../../src/relay/protocol/player-message.js';
import { almostJson, clientId, objectText } from './arbitraries.js';
import { accepted } from './accepted.js';
import { isObject, stamped, topLevelKeys, valueOf, write } from './reference.js';
import { numRuns, timeout } from './runs.js';

const message = new StampedMessage(1024);

/** What the host gets of a payload; it is copied into the middle of other bytes, and these are looked at. */
function stamp(payload: Buffer, id = '467'): Buffer {
  expect(message.read(payload)).toBeUndefined();
  const { byteLength } = message.stampWith(stampOf(id));
  const target = Buffer.alloc(byteLength + 20, 0xff);
  message.copyTo(target, 10);
  expect(target.subarray(0, 10)).toEqual(Buffer.alloc(10, 0xff));
  expect(target.subarray(10 + byteLength)).toEqual(Buffer.alloc(10, 0xff));
  return target.subarray(10, 10 + byteLength);
}

function stampText(payload: string, id?: string): string {
  return stamp(Buffer.from(payload), id).toString();
}

test('[P2] a stamped message is text', () => {
  expect(message.isBinary).toBe(false);
});

test('[P5] an empty object is stamped', () => {
  expect(stampText('{}')).toBe('{"client_id":"467"}');
  expect(stampText(' {\n} ')).toBe(' {\n"client_id":"467"} ');
});

test('[P3] the stamp stands before the closing brace, and every other byte is as it was sent', () => {
  expect(stampText('{"action":"jump","height":1.0}')).toBe(
    '{"action":"jump","height":1.0,"client_id":"467"}',
  );
  expect(stampText('\t{ "a" : [ 1 ] }\r\n')).toBe('\t{ "a" : [ 1 ] ,"client_id":"467"}\r\n');
});

test.each([
  ['alone', '{"client_id":"1"}', '{"client_id":"467"}'],
  ['alone, with white space', '{ "client_id" : "1" }', '{  "client_id":"467"}'],
  ['before others', '{"client_id":1,"a":2}', '{"a":2,"client_id":"467"}'],
  ['before others, with white space', '{ "client_id":1 , "a":2 }', '{  "a":2 ,"client_id":"467"}'],
  ['behind others', '{"a":2,"client_id":1}', '{"a":2,"client_id":"467"}'],
  ['behind others, with white space', '{ "a":2 , "client_id":1 }', '{ "a":2  ,"client_id":"467"}'],
  ['between others', '{"a":2,"client_id":{"b":[1]},"c":3}', '{"a":2,"c":3,"client_id":"467"}'],
  [
    'between others, with white space',
    '{"a":2 , "client_id":1\n,\t"c":3}',
    '{"a":2 \n,\t"c":3,"client_id":"467"}',
  ],
  ['twice', '{"client_id":1,"client_id":2}', '{"client_id":"467"}'],
  [
    'everywhere',
    '{"client_id":1,"client_id":2,"a":3,"client_id":4,"b":5,"client_id":6}',
    '{"a":3,"b":5,"client_id":"467"}',
  ],
  [
    'in a long message',
    `{"client_id":"${'x'.repeat(999)}","a":"${'y'.repeat(999)}"}`,
    `{"a":"${'y'.repeat(999)}","client_id":"467"}`,
  ],
])('[P4] a client_id that the player sent never arrives: %s', (_, sent, arrives) => {
  expect(stampText(sent)).toBe(arrives);
});

test.each([
  String.raw`"client\u005fid"`,
  String.raw`"client\u005Fid"`,
  String.raw`"\u0063lient_id"`,
  String.raw`"client_i\u0064"`,
  String.raw`"\u0063\u006C\u0069\u0065\u006e\u0074\u005f\u0069\u0064"`,
])('[P4] a client_id spelled %s counts as one', (key) => {
  expect(stampText(`{${key}:"1","a":2,${key} : [{}]}`)).toBe('{"a":2,"client_id":"467"}');
});

test.each([
  '"client_id "',
  '"client_i"',
  '"client_idd"',
  '"Client_id"',
  '"client-id"',
  String.raw`"client_id\u0000"`,
  String.raw`"client\\u005fid"`,
  String.raw`"client\u005gid"`.replace('g', 'e'),
  String.raw`"client\u015fid"`,
  '"client＿id"',
])('[P4] a member called %s does not count, and stays', (key) => {
  expect(stampText(`{${key}:"1"}`)).toBe(`{${key}:"1","client_id":"467"}`);
});

test('[P4] a client_id within a nested value stays', () => {
  const nested = '"a":{"client_id":"1","b":[{"client_id":"2"}]},"c":["client_id"],"d":"client_id"';
  expect(stampText(`{${nested}}`)).toBe(`{${nested},"client_id":"467"}`);
});

test('[P4] a hundred thousand forged client_ids are removed from one message', () => {
  const before = '"client_id":1,'.repeat(50_000);
  const behind = ',"client_id":1'.repeat(50_000);
  expect(stampText(`{${before}"a":2${behind},"b":3}`)).toBe('{"a":2,"b":3,"client_id":"467"}');
});

test.each(accepted)('[P3] the stamp is the only change: %s', (_, payload) => {
  const end = payload.lastIndexOf('}');
  const arrives = stamp(payload);
  const sent = Buffer.concat([arrives.subarray(0, end), arrives.subarray(arrives.lastIndexOf('}'))]);
  expect(sent.toString('latin1')).toBe(payload.toString('latin1'));
});

test(
  '[P3] any object arrives as it was sent, except for the client_id that the relay removed and added',
  () => {
    const property = fc.property(objectText, clientId, (object, id) => {
      expect(stampText(write(object), id)).toBe(stamped(object, id));
    });
    fc.assert(property, { numRuns });
  },
  timeout,
);

test(
  "[P4] whether a host's parser takes the first or the last member, it reads the id of the player",
  () => {
    const property = fc.property(
      fc.oneof(
        objectText.map((object) => Buffer.from(write(object))),
        almostJson,
      ),
      clientId,
      (payload, id) => {
        const sent = valueOf(payload);
        fc.pre(isObject(sent));
        const arrives = stamp(payload, id);
        expect(topLevelKeys(arrives.toString()).filter((key) => key === 'client_id')).toHaveLength(1);
        expect(isDeepStrictEqual(valueOf(arrives), { ...sent, client_id: id })).toBe(true);
      },
    );
    fc.assert(property, { numRuns });
  },
  timeout,
);

test.each([
  '467',
  '"',
  '\\',
  '\u0000\b\n\u001f',
  '\u007f\u2028',
  '🚗',
  '\ud83d',
  'a'.repeat(1_024),
  '","client_id":"1',
])('[P6] the id %j arrives unchanged', (id) => {
  expect(valueOf(stamp(Buffer.from('{"a":1}'), id))).toEqual({ a: 1, client_id: id });
  expect(stampOf(id).toString()).toBe(`"client_id":${JSON.stringify(id)}`);
});

test('[P1] one payload can be stamped for one player after another', () => {
  expect(message.read(Buffer.from('{"a":1}'))).toBeUndefined();
  for (const id of ['1', 'a longer one', '2']) {
    const { byteLength } = message.stampWith(stampOf(id));
    const target = Buffer.alloc(byteLength);
    message.copyTo(target, 0);
    expect(target.toString()).toBe(`{"a":1,"client_id":"${id}"}`);
  }
});

test('[P3] payloads of every length are copied whole', () => {
  for (let length = 0; length < 300; length++) {
    const member = `"a":"${'x'.repeat(length)}"`;
    expect(stampText(`{${member}}\n`)).toBe(`{${member},"client_id":"467"}\n`);
  }
  for (const length of [65_535, 65_536, 1 << 20]) {
    const member = `"a":"${'x'.repeat(length)}"`;
    expect(stampText(`{${member}}`) === `{${member},"client_id":"467"}`).toBe(true);
  }
});

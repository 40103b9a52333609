// Rules P3 to P6 and P11, on the wire: what a player's message looks like when it reaches the host, byte by byte.
import { expect, test } from 'vitest';
import { useRelay } from '../harness/relay.js';
import { stamped } from '../harness/stamp.js';

const relay = useRelay();

/** What the host gets of `payload`, sent by the player 467. */
async function arrives(payload: string, id = '467'): Promise<string> {
  const host = await relay.host();
  const player = await relay.player(host, id);
  player.send(payload);
  const message = await host.next();
  await host.expectNothing();
  return message.toString();
}

const kept: [string, string][] = [
  ['integers beyond 2^53', '{"n":12345678901234567890,"m":-9007199254740993}'],
  ['1.0, 1e400, -0 and other spellings of numbers', '{"a":1.0,"b":1e400,"c":-0,"d":1E-7,"e":0.10,"f":-1e+2}'],
  ['escapes', String.raw`{"a":"\u0041\/\b\f\n\r\t\"\\","\u0062":"\u2028"}`],
  ['lone surrogates, as escapes', String.raw`{"a":"\ud800","b":"\uDFFF\ud83d","\udead":1}`],
  ['emoji and other scripts', '{"name":"Zoë🚗","שם":"\u2028\u2029\u007f"}'],
  [
    'names that objects inherit',
    '{"__proto__":{"a":1},"constructor":null,"toString":[],"hasOwnProperty":false}',
  ],
  ['repeated members, and their order', '{"b":1,"a":2,"10":3,"2":4,"a":5,"":6,"":7}'],
  ['white space within', '{ "a" :\t1 ,\r\n"b" : [ 1 , { } ] }'],
  ['white space around', ' \t\r\n{"a":1} \n\n\t '],
  [
    'names that only resemble client_id',
    '{"client_id ":1,"Client_id":2,"client_i":3,"client_id\\u0000":4,"client-id":5}',
  ],
  ['client_id as a value', String.raw`{"a":"client_id","b":"\"client_id\":\"1\"","c":["client_id"]}`],
  ['brackets in strings', String.raw`{"a":"}","b":"]{[","c":"\"}","d":"\\"}`],
];
test.each(kept)('[P3] %s arrive as they were sent', async (_, payload) => {
  expect(await arrives(payload)).toBe(stamped(payload, '467'));
});

test('[P3] a thousand levels of nesting arrive as they were sent', async () => {
  const arrays = `{"a":${'['.repeat(999)}${']'.repeat(999)}}`;
  const objects = `${'{"a":'.repeat(999)}{}${'}'.repeat(999)}`;
  expect(await arrives(arrays)).toBe(stamped(arrays, '467'));
  expect(await arrives(objects)).toBe(stamped(objects, '467'));
});

test.each<[string, unknown]>([
  ['one long string', { a: '🚗x'.repeat(52_000) }],
  ['thousands of members', Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`key${n}`, n]))],
  ['thousands of numbers', { a: Array.from({ length: 45_000 }, (_, n) => n) }],
])('[P3] a payload of 256 KiB arrives as it was sent: %s', async (_, value) => {
  const payload = JSON.stringify(value);
  expect(Buffer.byteLength(payload)).toBeGreaterThan(250_000);
  expect(await arrives(payload)).toBe(stamped(payload, '467'));
});

const mine = '"client_id":"467"';
const forged: [string, string, string][] = [
  ['alone', '{"client_id":"999"}', `{${mine}}`],
  ['at the beginning', '{"client_id":"999","a":1}', `{"a":1,${mine}}`],
  ['at the end', '{"a":1,"client_id":"999"}', `{"a":1,${mine}}`],
  ['in the middle', '{"a":1,"client_id":"999","b":2}', `{"a":1,"b":2,${mine}}`],
  ['in its own spelling', '{"client_id":"467","a":1}', `{"a":1,${mine}}`],
  ['with an escaped letter', String.raw`{"\u0063lient_id":"999","a":1}`, `{"a":1,${mine}}`],
  ['with an escaped underscore', String.raw`{"a":1,"client\u005Fid":"999"}`, `{"a":1,${mine}}`],
  ['with every letter escaped', `{"${escaped('client_id')}":"999"}`, `{${mine}}`],
  ['repeated', '{"client_id":1,"client_id":2,"a":3,"client_id":"4"}', `{"a":3,${mine}}`],
  ['repeated and nothing else', '{"client_id":1,"client_id":2,"client_id":3}', `{${mine}}`],
  ['as an object', '{"client_id":{"x":[1,{"y":"}"}]},"a":1}', `{"a":1,${mine}}`],
  ['with quotes and brackets in its value', String.raw`{"client_id":"\",}\\","a":1}`, `{"a":1,${mine}}`],
  ['among white space', '{ "client_id" : "9" ,\n"a" : 1 , "client_id":2 }', `{"a":1,${mine}}`],
];
test.each(forged)('[P4] a client_id of the player never arrives: %s', async (_, payload, expected) => {
  expect((await arrives(payload)).replace(/\s/g, '')).toBe(expected);
});

function escaped(text: string): string {
  return [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}

test('[P4] a client_id inside a nested value stays as it is', async () => {
  const payload = '{"a":{"client_id":"999"},"b":[{"client_id":1}],"c":{"client_id":{"client_id":2}}}';
  expect(await arrives(payload)).toBe(stamped(payload, '467'));
});

test('[P5] an empty object is stamped too', async () => {
  expect(await arrives('{}')).toBe('{"client_id":"467"}');
  expect(await arrives('{ }')).toBe('{ "client_id":"467"}');
  expect(await arrives(' {\n} ')).toBe(' {\n"client_id":"467"} ');
});

test.each([
  ['quotes', '"quoted" \'too\''],
  ['backslashes', '\\ \\" \\u0041'],
  ['control characters', '\0\x01\b\n\r\t\x1f\x7f'],
  ['emoji', '🚗🎉👩‍🚀'],
  ['line separators', '\u2028\u2029'],
  ['JSON', '"}],"client_id":"1'],
  ['the name of a prototype', '__proto__'],
  ['1,024 bytes', 'x'.repeat(1_024)],
])('[P6] the id that is added is the JSON text of the id: %s', async (_, id) => {
  const arrived = await arrives('{"a":1}', id);
  expect(arrived).toBe(`{"a":1,"client_id":${JSON.stringify(id)}}`);
  expect(JSON.parse(arrived)).toEqual({ a: 1, client_id: id });
});

// What JSON.parse accepts.
import { string, text, value, values, type Case } from './corpus.js';

/** Objects at the top. */
export const accepted: Case[] = [
  text('{}', 'an empty object'),
  text('{ \t\n\r}', 'an empty object with white space in it'),
  text(' \t\n\r{ "a" \n:\r[ 1\t,\t{ } ] , "b" : "" \n} \r', 'white space of all kinds around every token'),
  text('{"":1}', 'an empty key'),
  text('{"a":1,"a":2,"a":1}', 'a repeated key'),
  text('{"__proto__":{"x":1},"constructor":1,"toString":null}', 'names that objects inherit'),
  text('{"a":[[],{},[{}],[[[]]]]}', 'empty containers in one another'),
  text(String.raw`{"}":"{[,:]}","\"}":"\\","\\\"":"}"}`, 'brackets, commas and colons in strings'),
  text(String.raw`{"a":"\\"}`, 'a string that ends with an escaped backslash'),
  text(String.raw`{"\u0061\n":1}`, 'a key with escapes'),
  text(`{"a":"${'0123456}'.repeat(9)}"}`, 'closing braces in a long string'),
  text('{"schlüssel🔑":1}', 'a key that is not ASCII'),
  ...values('0 -0 1 -1 10 9007199254740993 123456789012345678901234567890'),
  ...values('0.0 -0.0 1.0 0.5 -1.25 0.1000000000000000055511151231257827 0.00000000000000000000001'),
  ...values('1e2 1E2 1e+2 1E+2 1e-2 1E-2 0e0 -0e-0 1.5e300 1e400 -1e400 1e-400 1e00000000001 0e99999999'),
  ...values('true false null "" [] {} [0] [null,true,false] [[],[[]]] {"a":{"a":{}}}'),
  ...values(String.raw`"\"" "\\" "\/" "/" "\b\f\n\r\t" "\u0000" "\u001F" "\uabCD" "\u2028" "\ufeff"`),
  ...values(String.raw`"\ud800" "\udfff" "\uDBFF\uDFFF" "\ude00\ud83d" "\ud83dx" "\ud83d\n"`),
  ...values('"\u007f" "\u0080" "\u2028\u2029" "\ufeff" "\uffff" "ä€🚗" "\u{10ffff}" "a\u0301"'),
  value('" "'),
  string('df bf', 'the last character of two bytes'),
  string('e0 a0 80', 'the first character of three bytes'),
  string('ed 9f bf', 'the last character before the surrogates'),
  string('ee 80 80', 'the first character behind the surrogates'),
  string('f0 90 80 80', 'the first character of four bytes'),
];

/** Anything else at the top. */
export const notObjects: Case[] = [
  ...['[]', '[{}]', ' [1, 2]\n', '[[[]]]', '[{"a":{}}]', '[]\n', '[{"client_id":"1"}]'],
  ...['0', '-0', '12', '1e5', '1.50', '\n7', 'true', 'false', 'null', ' null\t'],
  ...['"a"', '""', '"{}"', '"}"', '"ä🚗"', '"\\u007d"'],
].map((json) => text(json));

/** The values of JSON that hold no others: strings, numbers, and three literals. */
import { NOT_JSON, QUOTE } from './json-bytes.js';
import { skipString } from './json-string.js';

const NINE = 0x39;
const ZERO = 0x30;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const LOWER_CASE = 0x20;
const E = 0x65;
const F = 0x66;
const T = 0x74;

/** Skips a value that is neither object nor array. */
export function skipScalar(bytes: Buffer, at: number, last: number): number {
  const byte = bytes[at]!;
  if (byte === QUOTE) return skipString(bytes, at, last);
  return byte <= NINE ? skipNumber(bytes, at) : skipLiteral(bytes, at);
}

function skipNumber(bytes: Buffer, at: number): number {
  if (bytes[at] === MINUS) at++;
  at = bytes[at] === ZERO ? at + 1 : skipDigits(bytes, at);
  if (at >= 0 && bytes[at] === POINT) at = skipDigits(bytes, at + 1);
  if (at >= 0 && (bytes[at]! | LOWER_CASE) === E) at = skipExponent(bytes, at + 1);
  return at;
}

function skipExponent(bytes: Buffer, at: number): number {
  return skipDigits(bytes, bytes[at] === PLUS || bytes[at] === MINUS ? at + 1 : at);
}

/** One digit at least. */
function skipDigits(bytes: Buffer, at: number): number {
  const start = at;
  while (isDigit(bytes[at]!)) at++;
  return at > start ? at : NOT_JSON;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

function skipLiteral(bytes: Buffer, at: number): number {
  const literal = bytes[at] === T ? TRUE : bytes[at] === F ? FALSE : NULL;
  for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return NOT_JSON;
  return at + literal.length;
}

/** Strings of JSON: skipped as bytes, and compared with a name without being decoded. */
import { BACKSLASH, CLOSING_BRACE, NOT_JSON, QUOTE, SPACE } from './json-bytes.js';
import { FIRST_MULTIBYTE, skipMultibytes } from './utf8.js';

/** 1 for each byte that is part of any string and means nothing but itself there. */
const PLAIN = new Uint8Array(256).fill(1, SPACE, FIRST_MULTIBYTE);
// A closing brace means nothing either, but one of them is the last byte of the object.
PLAIN[QUOTE] = PLAIN[BACKSLASH] = PLAIN[CLOSING_BRACE] = 0;

/** Skips the string whose opening quote is at `at`. */
export function skipString(bytes: Buffer, at: number, last: number): number {
  at++;
  for (;;) {
    at = skipPlain(bytes, at);
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at = skipEscape(bytes, at);
    else if (byte >= FIRST_MULTIBYTE) at = skipMultibytes(bytes, at);
    else if (byte === CLOSING_BRACE && at < last) at++;
    else return NOT_JSON;
    if (at < 0) return NOT_JSON;
  }
}

/**
 * Skips any plain bytes there are, four a turn: the innermost loop of all. A turn for each byte would double
 * the time that long texts take and add a sixth to that of small messages (bench/micro.ts).
 */
function skipPlain(bytes: Buffer, at: number): number {
  while (PLAIN[bytes[at]!] === 1) {
    if (PLAIN[bytes[at + 1]!] !== 1) return at + 1;
    if (PLAIN[bytes[at + 2]!] !== 1) return at + 2;
    if (PLAIN[bytes[at + 3]!] !== 1) return at + 3;
    at += 4;
  }
  return at;
}

function skipEscape(bytes: Buffer, at: number): number {
  switch (bytes[at + 1]!) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // \/
    case 0x62: // \b
    case 0x66: // \f
    case 0x6e: // \n
    case 0x72: // \r
    case 0x74: // \t
      return at + 2;
    case 0x75: // \u
      return codeUnit(bytes, at + 2) < 0 ? NOT_JSON : at + 6;
    default:
      return NOT_JSON;
  }
}

/** The UTF-16 code unit that the four hexadecimal digits at `at` stand for; negative if they are not four. */
function codeUnit(bytes: Buffer, at: number): number {
  let unit = 0;
  for (const end = at + 4; at < end; at++) {
    const digit = HEX[bytes[at]!]!;
    if (digit < 0) return NOT_JSON;
    unit = unit * 16 + digit;
  }
  return unit;
}

const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16);
  HEX[text.charCodeAt(0)] = HEX[text.toUpperCase().charCodeAt(0)] = digit;
}

/**
 * Whether the string whose opening quote is at `at` decodes to `name`, with or without escapes (P4, H6).
 *
 * The string must have been skipped before, so that it is known to be well-formed, and the name must consist
 * of characters that have no other escape than `\uXXXX`.
 */
export function spells(bytes: Buffer, at: number, name: Buffer): boolean {
  at++;
  for (let i = 0; i < name.length; i++) {
    if (bytes[at] === name[i]) at++;
    else if (bytes[at] === BACKSLASH && bytes[at + 1] === 0x75 && codeUnit(bytes, at + 2) === name[i])
      at += 6;
    else return false;
  }
  return bytes[at] === QUOTE;
}

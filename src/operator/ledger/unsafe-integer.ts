/** Finds numbers that a reader of JSON makes other numbers of. */

/** Bytes of a payload that is looked at. */
export const MOST_BYTES = 4096;

/** Digits of the smallest integer that may be unsafe, 2^53. */
const DIGITS = 16;

const ZERO = 0x30;
const NINE = 0x39;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const LOWER_CASE = 0x20;
const E = 0x65;

/** Whether the payload has, outside of its strings, an integer beyond 2^53 that no double is equal to. */
export function hasUnsafeInteger(payload: Buffer): boolean {
  const end = Math.min(payload.length, MOST_BYTES);
  let isText = false;
  for (let at = 0; at < end; at++) {
    const byte = payload[at]!;
    if (byte === QUOTE) isText = !isText;
    else if (isText) at += byte === BACKSLASH ? 1 : 0;
    else if (isDigit(byte)) {
      const start = at;
      while (at < end && isDigit(payload[at]!)) at++;
      if (at - start >= DIGITS && isUnsafe(payload, start, at)) return true;
      at--;
    }
  }
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** Fractions and powers of ten are not integers, and their makers do not count on each digit. */
function isUnsafe(payload: Buffer, start: number, end: number): boolean {
  const next = payload[end] ?? 0;
  if (payload[start - 1] === POINT || next === POINT || (next | LOWER_CASE) === E) return false;
  const digits = payload.toString('latin1', start, end);
  const read = Number(digits);
  // As JavaScript itself writes a double: a reader has the number that was meant.
  if (Number.isSafeInteger(read) || String(read) === digits) return false;
  return !Number.isFinite(read) || BigInt(read) !== BigInt(digits);
}

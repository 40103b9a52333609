/** Text that is meant as JSON and is none: `{"receiver_id":"467","x":nan}`, a comma too much, a byte order mark. */
import {
  BACKSLASH,
  CLOSING_BRACE,
  COLON,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  skipSpace,
} from './json-bytes.js';

const CLOSING_BRACKET = 0x5d;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/**
 * Whether its author gave the object a member of that name: it begins as an object, and within it, not deeper, the
 * name stands in quotes before a colon. `payload` is known to be no JSON.
 */
export function seemsToHave(payload: Buffer, name: Buffer): boolean {
  if (!payload.includes(name)) return false;
  const isMarked = payload.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const start = skipSpace(payload, isMarked ? BYTE_ORDER_MARK.length : 0);
  return payload[start] === OPENING_BRACE && hasKey(payload, start, name);
}

function hasKey(payload: Buffer, start: number, name: Buffer): boolean {
  let depth = 0;
  for (let at = start; at < payload.length; at++) {
    const byte = payload[at]!;
    if (byte === QUOTE) {
      const end = closingQuote(payload, at);
      if (depth === 1 && payload.subarray(at + 1, end).equals(name)) {
        if (payload[skipSpace(payload, end + 1)] === COLON) return true;
      }
      at = end;
    } else if (byte === OPENING_BRACE || byte === OPENING_BRACKET) depth++;
    else if (byte === CLOSING_BRACE || byte === CLOSING_BRACKET) depth--;
    // What follows the object is another one.
    if (depth === 0) return false;
  }
  return false;
}

function closingQuote(payload: Buffer, opening: number): number {
  let at = opening + 1;
  while (at < payload.length && payload[at] !== QUOTE) at += payload[at] === BACKSLASH ? 2 : 1;
  return at;
}

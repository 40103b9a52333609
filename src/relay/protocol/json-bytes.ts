/**
 * The words that the JSON scanner is written in: names of bytes, what stands for a failure, and white space.
 *
 * A `skip...` function takes the offset at which something begins and returns the one behind it, or a
 * failure. None of them looks for the end of the payload. Its last byte, at `last`, is a closing brace, which
 * is not a digit, white space, a letter of a literal or a second byte of a character, and at which strings
 * stop: the caller of a scanner has made sure of that (see `ObjectReader`).
 */

/** Instead of an offset: the bytes are not JSON, or not UTF-8. */
export const NOT_JSON = -1;
/** Instead of an offset: more containers lie within one another than allowed. */
export const TOO_DEEP = -2;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPENING_BRACKET = 0x5b;
export const OPENING_BRACE = 0x7b;
export const CLOSING_BRACE = 0x7d;
export const SPACE = 0x20;

/** Skips any white space there is. Most senders write none, so that one comparison decides. */
export function skipSpace(bytes: Buffer, at: number): number {
  return bytes[at]! > SPACE ? at : skipSpaces(bytes, at);
}

function skipSpaces(bytes: Buffer, at: number): number {
  while (isSpace(bytes[at]!)) at++;
  return at;
}

/** The four bytes that are white space in JSON, and no others. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

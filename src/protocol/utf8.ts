/** UTF-8 beyond ASCII, one character at a time (RFC 3629: nothing overlong, no surrogates, U+10FFFF at most). */

/**
 * The offset behind the character of two to four bytes that begins at `at`, or -1 if it is not well-formed.
 *
 * Stops at the first byte that does not belong, so that it never looks behind a byte that is ASCII.
 */
export function skipMultibyte(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1]!;
  if (lead < 0xc2 || lead > 0xf4 || !isContinuation(second)) return -1;
  if (lead < 0xe0) return at + 2;
  if (lead === 0xe0 && second < 0xa0) return -1;
  if (lead === 0xed && second > 0x9f) return -1;
  if (!isContinuation(bytes[at + 2]!)) return -1;
  if (lead < 0xf0) return at + 3;
  if (lead === 0xf0 && second < 0x90) return -1;
  if (lead === 0xf4 && second > 0x8f) return -1;
  return isContinuation(bytes[at + 3]!) ? at + 4 : -1;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

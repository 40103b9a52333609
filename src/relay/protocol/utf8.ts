/** UTF-8 beyond ASCII, as RFC 3629 has it: nothing overlong, no surrogates, nothing behind U+10FFFF. */

/** The first byte that is not ASCII. */
export const FIRST_MULTIBYTE = 0x80;

/**
 * The offset behind the characters of two to four bytes each that begin at `at`, as many as there are, or -1 if
 * one of them is not well-formed.
 *
 * No byte behind one that is ASCII is looked at.
 */
export function skipMultibytes(bytes: Buffer, at: number): number {
  // Taken one by one in the middle of a text, characters of other scripts would take half as long again.
  do at = skipMultibyte(bytes, at);
  while (at >= 0 && bytes[at]! >= FIRST_MULTIBYTE);
  return at;
}

function skipMultibyte(bytes: Buffer, at: number): number {
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

/** One value of JSON of any kind, skipped without recursion, however deep it is nested. */
import {
  CLOSING_BRACE,
  COLON,
  COMMA,
  NOT_JSON,
  OPENING_BRACE,
  OPENING_BRACKET,
  QUOTE,
  TOO_DEEP,
  skipSpace,
} from './json-bytes.js';
import { skipScalar } from './json-scalar.js';
import { skipString } from './json-string.js';

/** From `{` to `}` and from `[` to `]` it is two steps in ASCII. */
const TO_CLOSING = 2;

/** Skips values; its memory of open containers grows to the deepest value that it met, a byte a level. */
export class ValueSkipper {
  /** The closing bytes of the open containers but the innermost, outermost first. */
  private closings = new Uint8Array(64);

  /**
   * The offset behind the value that begins at `at`, or {@link NOT_JSON}, or {@link TOO_DEEP} if more than
   * `maxDepth` containers lie within one another. The closing brace at `last` is never part of the value.
   */
  skip(bytes: Buffer, at: number, last: number, maxDepth: number): number {
    return isOpening(bytes[at]!)
      ? this.skipContainer(bytes, at, last, maxDepth)
      : skipScalar(bytes, at, last);
  }

  private skipContainer(bytes: Buffer, at: number, last: number, maxDepth: number): number {
    let depth = 0;
    let closing = 0;
    for (;;) {
      if (closing === CLOSING_BRACE) at = skipKey(bytes, at, last);
      if (at < 0) return NOT_JSON;
      const byte = bytes[at]!;
      if (isOpening(byte)) {
        if (depth === maxDepth) return TOO_DEEP;
        this.push(depth++, closing);
        closing = byte + TO_CLOSING;
        at = skipSpace(bytes, at + 1);
        if (bytes[at] !== closing) continue;
      } else {
        at = skipScalar(bytes, at, last);
        if (at < 0) return NOT_JSON;
        at = skipSpace(bytes, at);
      }
      while (bytes[at] === closing) {
        if (at === last) return NOT_JSON;
        closing = this.closings[--depth]!;
        if (depth === 0) return at + 1;
        at = skipSpace(bytes, at + 1);
      }
      if (bytes[at] !== COMMA) return NOT_JSON;
      at = skipSpace(bytes, at + 1);
    }
  }

  private push(depth: number, closing: number): void {
    if (depth === this.closings.length) {
      const grown = new Uint8Array(2 * depth);
      grown.set(this.closings);
      this.closings = grown;
    }
    this.closings[depth] = closing;
  }
}

function isOpening(byte: number): boolean {
  return byte === OPENING_BRACE || byte === OPENING_BRACKET;
}

/** Skips the key of a member, its colon and the white space around that: the value begins behind it. */
export function skipKey(bytes: Buffer, at: number, last: number): number {
  if (bytes[at] !== QUOTE) return NOT_JSON;
  at = skipString(bytes, at, last);
  if (at < 0) return NOT_JSON;
  at = skipSpace(bytes, at);
  return bytes[at] === COLON ? skipSpace(bytes, at + 1) : NOT_JSON;
}

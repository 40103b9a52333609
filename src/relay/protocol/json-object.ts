/** The one pass over a payload: is it a JSON object, and where are its members of a certain name. */
import { CLOSING_BRACE, COMMA, NOT_JSON, OPENING_BRACE, TOO_DEEP, isSpace, skipSpace } from './json-bytes.js';
import { spells } from './json-string.js';
import { ValueSkipper, skipKey } from './json-value.js';
import type { Violation } from './violation.js';

/**
 * Accepts exactly the payloads that are UTF-8 and for which `JSON.parse` returns an object (P11), without
 * building that object, and remembers where the top-level members of one name are.
 *
 * Made once and used for one payload after another: what it found holds until the next {@link read}.
 */
export class ObjectReader {
  /** Offset of the object's closing brace. */
  closing = 0;
  /** Offset of the first top-level member with another name; that of the closing brace if there is none. */
  firstOther = 0;
  /** How many top-level members have the name, and so how many offsets in each of the arrays are valid. */
  count = 0;
  /** Where their keys begin. */
  readonly keys: number[] = [];
  /** Where their values begin. */
  readonly values: number[] = [];
  /** Where their values have ended. */
  readonly ends: number[] = [];

  private readonly skipper = new ValueSkipper();

  /**
   * `name` holds no character that JSON escapes otherwise than as `\uXXXX`. `maxDepth` is how many containers
   * may lie within one another, the object itself being the first.
   */
  constructor(
    private readonly name: Buffer,
    private readonly maxDepth: number,
  ) {}

  /** Takes a time linear in the length of the payload, whatever is in it. */
  read(payload: Buffer): Violation | undefined {
    let last = payload.length - 1;
    while (last >= 0 && isSpace(payload[last]!)) last--;
    if (last < 0) return 'not-json';
    const first = skipSpace(payload, 0);
    if (payload[first] !== OPENING_BRACE) return this.violationOf(payload.subarray(first, last + 1));
    if (payload[last] !== CLOSING_BRACE) return 'not-json';
    const end = this.readMembers(payload, first, last);
    if (end === last) return undefined;
    return end === TOO_DEEP ? 'too-deep' : 'not-json';
  }

  /** The offset of the brace that closes the object at `at`. */
  private readMembers(payload: Buffer, at: number, last: number): number {
    this.count = 0;
    this.closing = this.firstOther = last;
    at = skipSpace(payload, at + 1);
    if (payload[at] === CLOSING_BRACE) return at;
    for (;;) {
      const key = at;
      const value = skipKey(payload, key, last);
      if (value < 0) return NOT_JSON;
      at = this.skipper.skip(payload, value, last, this.maxDepth - 1);
      if (at < 0) return at;
      if (spells(payload, key, this.name)) this.remember(key, value, at);
      else if (key < this.firstOther) this.firstOther = key;
      at = skipSpace(payload, at);
      if (payload[at] !== COMMA) return payload[at] === CLOSING_BRACE ? at : NOT_JSON;
      at = skipSpace(payload, at + 1);
    }
  }

  private remember(key: number, value: number, end: number): void {
    this.keys[this.count] = key;
    this.values[this.count] = value;
    this.ends[this.count++] = end;
  }

  /** What a text that does not begin with an opening brace is: a value of another kind, or no JSON. */
  private violationOf(text: Buffer): Violation {
    // A copy, for the sake of the closing brace that the scanner relies on: the connection ends here, or the
    // message is a broadcast.
    const bytes = Buffer.concat([text, Buffer.of(CLOSING_BRACE)]);
    const end = this.skipper.skip(bytes, 0, text.length, this.maxDepth);
    if (end === TOO_DEEP) return 'too-deep';
    return end === text.length ? 'not-an-object' : 'not-json';
  }
}

/** Whether a payload is a JSON object, of any depth. */
export function isJsonObject(payload: Buffer): boolean {
  return ANY_OBJECT.read(payload) === undefined;
}

const ANY_OBJECT = new ObjectReader(Buffer.alloc(0), 0x7fffffff);

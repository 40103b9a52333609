// A fast source of payloads that are almost JSON: bred from the corpus by changing and crossing what was
// valid before.
import { accepted, notObjects } from './accepted.js';
import { refused } from './refused.js';

/** How many payloads are kept to breed from, and how long one may get. */
const POOL = 2_000;
const LONGEST = 600;

/** Bytes and words that matter to JSON or to UTF-8. */
const pieces = [
  ...'{}[]",:\\/-+.eEu0129aAfF \t\n\r\v\0\x1f\x7f_',
  ...[
    'true',
    'false',
    'null',
    '"":',
    '{}',
    '[]',
    ',"a":',
    '\\u00',
    '\\u0063',
    '\\ud83d',
    '\\"',
    '1e5',
    '-0',
    '0.1',
  ],
  ...[
    '"client_id":1',
    '"client\\u005fid"',
    '"receiver_id"',
    '"__proto__":',
    'ä',
    '€',
    '🚗',
    '\u2028',
    '\ufeff',
  ],
].map((piece) => Buffer.from(piece));
const beyondAscii = [
  0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff,
];
pieces.push(...beyondAscii.map((byte) => Buffer.of(byte)));

const corpus = [...accepted, ...notObjects, ...refused].map(([, payload]) => payload);

/** A source of payloads that yields the same ones again for the same seed. */
export class Breeder {
  private pool = [...corpus];

  constructor(private seed: number) {}

  next(): Buffer {
    let payload = this.oneOf(this.pool);
    for (let changes = this.below(2); changes >= 0; changes--) payload = this.change(payload);
    return payload.subarray(0, LONGEST);
  }

  /**
   * Keeps a payload to breed from. When there are many it begins again, lest the hardiest kind is all there
   * is.
   */
  keep(payload: Buffer): void {
    if (this.pool.length === POOL) this.pool = [...corpus];
    this.pool.push(payload);
  }

  private change(payload: Buffer): Buffer {
    const at = this.below(payload.length + 1);
    const end = Math.min(payload.length, at + (this.below(4) === 0 ? this.below(12) : this.below(2)));
    const added = this.below(6) === 0 ? this.part(this.oneOf(this.pool)) : this.oneOf(pieces);
    return Buffer.concat([
      payload.subarray(0, at),
      this.below(3) === 0 ? Buffer.alloc(0) : added,
      payload.subarray(end),
    ]);
  }

  private part(payload: Buffer): Buffer {
    const at = this.below(payload.length + 1);
    return payload.subarray(at, at + this.below(40));
  }

  private oneOf<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** An integer from 0 to `limit` - 1 (mulberry32). */
  private below(limit: number): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), this.seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * limit) / 0x1_0000_0000) | 0;
  }
}

/** The messages of the benchmark: JSON of an exact size, of which only a number and an id vary. */
import { clientFrame, MASK } from './frames.js';
import type { Dialect } from './dialect.js';

/** Numbers count on from here and have seven digits; ids have nine. */
export const NUMBERS = 1_000_000;
export const FIRST_ID = 100_000_000;
const NUMBER_DIGITS = 7;
const ID_DIGITS = 9;

/** Where the varying digits stand, and the bytes that must not vary. */
export class MessageShape {
  readonly length: number;
  private readonly numberAt: number;
  private readonly idAt: number;
  private readonly fixed: { at: number; bytes: Buffer }[] = [];

  /** `json` holds {@link NUMBERS} once, and {@link FIRST_ID} at most once. */
  constructor(
    json: string,
    readonly dialect: Dialect,
  ) {
    const text = dialect.before + json + dialect.after;
    this.length = text.length;
    this.numberAt = text.search(/1000000(?!\d)/);
    this.idAt = text.indexOf(String(FIRST_ID));
    let at = 0;
    for (const part of text.split(/1000000(?!\d)|100000000/)) {
      const bytes = Buffer.from(part);
      this.fixed.push({ at, bytes });
      at += bytes.length + (at + bytes.length === this.idAt ? ID_DIGITS : NUMBER_DIGITS);
    }
  }

  /** True if every byte is as it was sent; the digits are for {@link numberIn} and {@link idIn} to judge. */
  matches(bytes: Buffer, start: number, end: number): boolean {
    if (end - start !== this.length) return false;
    for (const part of this.fixed) if (!same(bytes, start + part.at, part.bytes)) return false;
    return true;
  }

  /** The number of the message, or -1 if the digits are none. */
  numberIn(bytes: Buffer, start: number): number {
    return digits(bytes, start + this.numberAt, NUMBER_DIGITS) - NUMBERS;
  }

  /** The id in the message, as a distance from {@link FIRST_ID}; negative if the digits are none. */
  idIn(bytes: Buffer, start: number): number {
    return digits(bytes, start + this.idAt, ID_DIGITS) - FIRST_ID;
  }

  /** The frame of one such message, to be copied and numbered. */
  stencil(): Stencil {
    const payload = Buffer.alloc(this.length);
    for (const part of this.fixed) part.bytes.copy(payload, part.at);
    const frame = clientFrame(payload);
    const header = frame.length - this.length;
    return new Stencil(frame, header + this.numberAt, this.idAt < 0 ? -1 : header + this.idAt);
  }
}

/** Stamps out masked frames. */
export class Stencil {
  constructor(
    private readonly frame: Buffer,
    private readonly numberAt: number,
    private readonly idAt: number,
  ) {}

  /** As many frames as there are numbers from `first` on, in one buffer. */
  frames(count: number, first: number, id: number): Buffer {
    const size = this.frame.length;
    const frames = Buffer.allocUnsafe(size * count);
    for (let index = 0; index < count; index++) {
      this.frame.copy(frames, index * size);
      putDigits(frames, index * size + this.numberAt, NUMBER_DIGITS, NUMBERS + ((first + index) % NUMBERS));
      if (this.idAt >= 0) putDigits(frames, index * size + this.idAt, ID_DIGITS, FIRST_ID + id);
    }
    return frames;
  }
}

function same(bytes: Buffer, at: number, expected: Buffer): boolean {
  const length = expected.length;
  // The call into C++ pays only where there is much to compare.
  if (length > 100) return bytes.compare(expected, 0, length, at, at + length) === 0;
  for (let index = 0; index < length; index++) if (bytes[at + index] !== expected[index]) return false;
  return true;
}

function digits(bytes: Buffer, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = (bytes[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function putDigits(target: Buffer, at: number, count: number, value: number): void {
  for (let index = at + count - 1; index >= at; index--) {
    const rest = (value / 10) | 0;
    target[index] = (0x30 + value - rest * 10) ^ MASK;
    value = rest;
  }
}

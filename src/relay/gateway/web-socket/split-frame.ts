/** A frame that has come in part. */
import { joined, ownCopy } from '../../rooms/own-copy.js';

/** It takes no more memory than the bytes that have come, whatever length its header announces (A2). */
export class SplitFrame {
  private readonly parts: Buffer[];
  length: number;

  /** @param needed bytes of its header, until that is whole; then of all of it. */
  constructor(
    first: Buffer,
    private readonly needed: number,
  ) {
    this.parts = [ownCopy(first)];
    this.length = first.length;
  }

  /** How many pieces TCP has cut it into so far. */
  get pieces(): number {
    return this.parts.length;
  }

  get missing(): number {
    return this.needed - this.length;
  }

  add(part: Buffer): void {
    this.parts.push(ownCopy(part));
    this.length += part.length;
  }

  join(): Buffer {
    return joined(this.parts, this.length);
  }
}

/** A message of which not all fragments have come (RFC 6455 section 5.4). */
import { joined, ownCopy } from '../../rooms/own-copy.js';

export class Fragments {
  count = 0;
  length = 0;
  private readonly parts: Buffer[] = [];

  constructor(readonly isBinary: boolean) {}

  add(payload: Buffer): void {
    this.count++;
    this.length += payload.length;
    if (payload.length > 0) this.parts.push(ownCopy(payload));
  }

  join(): Buffer {
    return joined(this.parts, this.length);
  }
}

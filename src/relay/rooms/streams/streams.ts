/** All streams of the node, for the sum of what they keep (A11). */
import { Stream, type StreamKeeper } from './stream.js';

export class Streams implements StreamKeeper {
  private readonly streams = new Set<Stream>();

  /** @param newName makes a name that no stream has had. */
  constructor(private readonly newName: () => string) {}

  get keptBytes(): number {
    let sum = 0;
    for (const { tail } of this.streams) sum += tail.keptBytes;
    return sum;
  }

  /** @param maxOutbox bytes that may wait for such a peer; 0 for any number. */
  open(maxOutbox: number): Stream {
    const stream = new Stream(this.newName(), maxOutbox > 0 ? maxOutbox / 2 : Infinity, this);
    this.streams.add(stream);
    return stream;
  }

  ended(stream: Stream): void {
    this.streams.delete(stream);
  }

  beat(): void {
    for (const { tail } of this.streams) tail.settle();
  }

  /** Forgets the largest tails until `excess` bytes are free. Returns how many are. */
  forget(excess: number): number {
    let free = 0;
    if (excess <= 0) return free;
    const largestFirst = [...this.streams].sort((a, b) => b.tail.keptBytes - a.tail.keptBytes);
    for (const { tail } of largestFirst) {
      if (free >= excess) break;
      free += tail.keptBytes;
      tail.forget();
    }
    return free;
  }
}

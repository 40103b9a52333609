/** What a peer may have missed: what was sent to it in a stream, until it is known to have arrived (R17). */
import { messageFrames } from '../../protocol/frame.js';
import { joined, ownCopy, withoutPool } from '../own-copy.js';

/** Bytes that the relay keeps for each batch beside its frames. */
export const BATCH_COST = 256;

/** Bytes of batches that become one, at most: what is forgotten is forgotten in whole batches. */
const LARGEST_JOINT = 16 * 1024;

/** Frames that left together. */
interface Batch {
  /** Other tails may share them: no part of the relay changes them. */
  readonly frames: Buffer;
  /** The number, in the stream, of the last message in them. */
  readonly upTo: number;
  /** Whether no more memory is kept for the frames than their own. */
  readonly isOwn: boolean;
}

/** Messages are counted from 1. All behind {@link forgotten} are here. */
export class Tail {
  /** Messages of the stream so far. */
  sent = 0;
  keptBytes = 0;
  private forgotten = 0;
  private batches: Batch[] = [];
  /** What was sent when the tail was last settled. */
  private settled = 0;

  /** @param most bytes that it keeps. */
  constructor(readonly most: number) {}

  /** Whether it keeps so much that it should learn what has arrived. */
  get isFilling(): boolean {
    return this.keptBytes > this.most / 4;
  }

  /** Adds what was sent, with control frames in between or not. */
  add(frames: Buffer, messages: number): void {
    if (messages === 0) return;
    this.sent += messages;
    this.batches.push({ frames, upTo: this.sent, isOwn: false });
    this.keptBytes += frames.length + BATCH_COST;
    while (this.keptBytes > this.most) this.dropOldest();
  }

  /** The peer has all messages up to that number. */
  confirm(upTo: number): void {
    while ((this.batches[0]?.upTo ?? Infinity) <= upTo) this.dropOldest();
  }

  forget(): void {
    this.confirm(this.sent);
  }

  hasAllBehind(got: number): boolean {
    return got >= this.forgotten && got <= this.sent;
  }

  /**
   * The frames of all messages behind the first `got`, of which the peer says that it has them; undefined if not all are
   * here. They are to be sent again, and come back here by that.
   */
  resume(got: number): Buffer[] | undefined {
    if (!this.hasAllBehind(got)) return undefined;
    let before = this.forgotten;
    const missed: Buffer[] = [];
    for (const { frames, upTo } of this.batches) {
      missed.push(...messageFrames(frames, got - before));
      before = upTo;
    }
    this.batches = [];
    this.keptBytes = 0;
    this.sent = this.forgotten = got;
    return missed;
  }

  /**
   * Called each second. Frames of a living game share memory that is free again within a moment: a part of a pool that all
   * connections use. What has waited since the last call gets separate memory.
   */
  settle(): void {
    const from = this.batches.findIndex(({ isOwn }) => !isOwn);
    const young = this.batches.findIndex(({ upTo }) => upTo > this.settled);
    const to = young < 0 ? this.batches.length : young;
    this.settled = this.sent;
    if (from < 0 || to <= from) return;
    const own = compacted(this.batches.slice(from, to));
    this.keptBytes -= (to - from - own.length) * BATCH_COST;
    this.batches.splice(from, to - from, ...own);
  }

  private dropOldest(): void {
    const oldest = this.batches.shift();
    if (oldest === undefined) return;
    this.keptBytes -= oldest.frames.length + BATCH_COST;
    this.forgotten = oldest.upTo;
  }
}

/** The same frames in separate memory, small batches as one. */
function compacted(batches: readonly Batch[]): Batch[] {
  const own: Batch[] = [];
  let group: Buffer[] = [];
  let length = 0;
  batches.forEach(({ frames, upTo }, at) => {
    group.push(frames);
    length += frames.length;
    if (length + (batches[at + 1]?.frames.length ?? Infinity) <= LARGEST_JOINT) return;
    const [only] = group;
    const bytes = group.length > 1 ? joined(group, length) : withoutPool(only ?? ownCopy(frames));
    own.push({ frames: bytes, upTo, isOwn: true });
    group = [];
    length = 0;
  });
  return own;
}

/** Whole frames, one behind the other, that leave in one write. */
import { frameHeaderLength, writeFrameHeader } from '../protocol/frame.js';
import type { Message } from '../protocol/message.js';

/** A batch that outgrows its first message gets at least this many bytes, so that it rarely grows twice. */
const ROOMY = 1024;

/**
 * Each message is copied exactly once, from the bytes it came in to its place behind the others.
 *
 * Bytes that were taken are never changed, even if the batch is appended to: a broadcast is taken once and
 * given to every player.
 */
export class FrameBatch {
  private constructor(
    private bytes: Buffer,
    private used: number,
  ) {}

  static of(message: Message): FrameBatch {
    const length = message.byteLength;
    const batch = new FrameBatch(Buffer.allocUnsafe(frameHeaderLength(length) + length), 0);
    batch.append(message);
    return batch;
  }

  /** A batch of frames that another batch holds too: they are copied only if more is appended. */
  static sharing(frames: Buffer): FrameBatch {
    return new FrameBatch(frames, frames.length);
  }

  get byteLength(): number {
    return this.used;
  }

  append(message: Message): void {
    const length = message.byteLength;
    this.reserve(frameHeaderLength(length) + length);
    const payloadAt = writeFrameHeader(this.bytes, this.used, length, message.isBinary);
    message.copyTo(this.bytes, payloadAt);
    this.used = payloadAt + length;
  }

  appendFrames(frames: Buffer): void {
    this.reserve(frames.length);
    this.bytes.set(frames, this.used);
    this.used += frames.length;
  }

  /** All frames so far. */
  take(): Buffer {
    return this.used === this.bytes.length ? this.bytes : this.bytes.subarray(0, this.used);
  }

  private reserve(length: number): void {
    const needed = this.used + length;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, ROOMY, this.bytes.length * 4));
    grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}

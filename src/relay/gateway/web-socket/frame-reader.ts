/** Reads the frames of a client (RFC 6455 sections 5 and 7), where they lie as far as that is possible. */
import { isUtf8 } from 'node:buffer';
import { FIXED } from '../../../config/fixed-limits.js';
import { CLOSE, isClosePayload, LONGEST_CONTROL, PING, PONG } from './control-frames.js';
import { Fragments } from './fragments.js';
import {
  BINARY,
  CONTINUATION,
  FIN,
  LENGTH,
  MASKED,
  OPCODE,
  RESERVED,
  WHOLE_BINARY,
  WHOLE_TEXT,
  headerLength,
  payloadLength,
} from './frame-header.js';
import { SplitFrame } from './split-frame.js';
import { unmask } from './unmask.js';

/** What a peer did wrong; each is the name of an ending. */
export type Breach = 'protocol-error' | 'too-large' | 'too-many-fragments';

/** Payloads are others' when these return. */
export interface FrameListener {
  /** Whether a frame of that length is let in, its header included; asked before it is whole. */
  allows(length: number): boolean;
  /** A frame of that length has come. */
  count(length: number): void;
  message(payload: Buffer, isBinary: boolean): void;
  ping(payload: Buffer): void;
  pong(payload: Buffer): void;
  /** A close frame; no frame follows it. */
  goodbye(payload: Buffer): void;
  /** The peer has broken the protocol; nothing that follows is read. */
  broke(breach: Breach): void;
}

/**
 * A game sends small frames, whole and many in one segment: of those nothing is copied, and nothing is made but the view
 * of each payload. What outlives a call, such as half a frame, is copied.
 */
export class FrameReader {
  /** Whether nothing is read any more. */
  isOver = false;
  private split: SplitFrame | undefined = undefined;
  private fragments: Fragments | undefined = undefined;

  private readonly maxMessageSize: number;

  /** @param maxMessageSize bytes of a message, 0 for any number. */
  constructor(
    private readonly listener: FrameListener,
    maxMessageSize: number,
  ) {
    this.maxMessageSize = maxMessageSize > 0 ? maxMessageSize : Number.MAX_SAFE_INTEGER;
  }

  /** Bytes of what is not whole. */
  get unfinishedBytes(): number {
    return (this.split?.length ?? 0) + (this.fragments?.length ?? 0);
  }

  /**
   * Takes the first frame of the bytes from `at` to `end`, or as much as there is of it, and changes them. Returns where
   * the next one begins.
   */
  readFrame(bytes: Buffer, at: number, end: number): number {
    return this.split === undefined ? this.begin(bytes, at, end) : this.complete(this.split, bytes, at, end);
  }

  /** Nothing more is read. */
  close(): void {
    this.isOver = true;
    this.split = undefined;
    this.fragments = undefined;
  }

  /** A frame begins. `end` is returned if it is not whole. */
  private begin(bytes: Buffer, at: number, end: number): number {
    if (at + 2 > end) return this.splitUp(bytes, at, end, 2);
    const first = bytes[at]!;
    const second = bytes[at + 1]!;
    const isPlain = (first === WHOLE_TEXT || first === WHOLE_BINARY) && this.fragments === undefined;
    if (second < MASKED || (!isPlain && !this.mayStand(first, second)))
      return this.breach('protocol-error', end);
    const start = at + headerLength(second);
    if (start > end) return this.splitUp(bytes, at, end, start - at);
    const length = payloadLength(bytes, at);
    const next = start + length;
    if (this.isTooLarge(first, length) || !this.listener.allows(next - at))
      return this.breach('too-large', end);
    if (next > end) return this.splitUp(bytes, at, end, next - at);
    this.listener.count(next - at);
    unmask(bytes, start, next);
    const payload = bytes.subarray(start, next);
    if (isPlain) this.listener.message(payload, first === WHOLE_BINARY);
    else this.take(first, payload);
    return next;
  }

  /** Adds to the frame that has begun before. */
  private complete(split: SplitFrame, bytes: Buffer, at: number, end: number): number {
    const next = Math.min(at + split.missing, end);
    split.add(bytes.subarray(at, next));
    const { maxBufferedChunks } = FIXED;
    if (maxBufferedChunks > 0 && split.pieces > maxBufferedChunks)
      return this.breach('too-many-fragments', end);
    if (split.missing > 0) return next;
    // All of it, or all of its header.
    this.split = undefined;
    const whole = split.join();
    this.begin(whole, 0, whole.length);
    return next;
  }

  private splitUp(bytes: Buffer, at: number, end: number, needed: number): number {
    this.split = new SplitFrame(bytes.subarray(at, end), needed);
    return end;
  }

  /** Whether a frame of this kind may stand here. Lengths need not be written in as few bytes as they could be. */
  private mayStand(first: number, second: number): boolean {
    if ((first & RESERVED) !== 0) return false;
    const opcode = first & OPCODE;
    if (opcode === CONTINUATION) return this.fragments !== undefined;
    if (opcode <= BINARY) return this.fragments === undefined;
    if (opcode < CLOSE || opcode > PONG) return false;
    return first >= FIN && (second & LENGTH) <= LONGEST_CONTROL;
  }

  /** A message is as large as all its fragments. */
  private isTooLarge(first: number, length: number): boolean {
    return (first & OPCODE) < CLOSE && length + (this.fragments?.length ?? 0) > this.maxMessageSize;
  }

  /** A frame that is not a whole message. */
  private take(first: number, payload: Buffer): void {
    const opcode = first & OPCODE;
    if (opcode < CLOSE) this.takeFragment(first, payload);
    else if (opcode === PING) this.listener.ping(payload);
    else if (opcode === PONG) this.listener.pong(payload);
    else if (!isClosePayload(payload)) this.breach('protocol-error');
    else {
      this.close();
      this.listener.goodbye(payload);
    }
  }

  private takeFragment(first: number, payload: Buffer): void {
    const fragments = (this.fragments ??= new Fragments((first & OPCODE) === BINARY));
    fragments.add(payload);
    if (FIXED.maxFragments > 0 && fragments.count > FIXED.maxFragments) this.breach('too-many-fragments');
    else if (first >= FIN) this.takeAll(fragments);
  }

  private takeAll(fragments: Fragments): void {
    this.fragments = undefined;
    const payload = fragments.join();
    const { isBinary } = fragments;
    if (!isBinary && !isUtf8(payload)) this.breach('protocol-error');
    else this.listener.message(payload, isBinary);
  }

  /** Returns `next`. */
  private breach(breach: Breach, next = 0): number {
    this.close();
    this.listener.broke(breach);
    return next;
  }
}

/** Gathers records into frames. */
import { frameHeaderLength, writeFrameHeader } from '../../relay/protocol/frame.js';
import type { Message } from '../../relay/protocol/message.js';
import { FRAME_HEADER_LENGTH } from './frame.js';
import { RECORD_HEADER_LENGTH, RecordType } from './record.js';

/** Bytes of a frame at most; one that is so full leaves before the turn ends. */
export const FRAME_MAX = 64 * 1024;

const SMALL = 1024;

/**
 * The records of a link are one stream, cut into frames: a record that does not fit into one frame goes on in the
 * next, and nothing overtakes it (B10). Frames for one receiver that follow each other are one record.
 *
 * A frame that was let go is never touched again; room for its header is left at its beginning.
 */
export class FrameWriter {
  private frame: Buffer = NONE;
  private used = 0;
  /** Where the last record begins in the frame, if it may be added to; 0 if not. */
  private open = 0;

  constructor(private readonly letGo: (frame: Buffer) => void) {}

  get isEmpty(): boolean {
    return this.used === 0;
  }

  /** Writes a message as the WebSocket frame that its receiver will get. */
  message(type: RecordType, about: number, message: Message): void {
    const payload = message.byteLength;
    const length = frameHeaderLength(payload) + payload;
    if (!this.begin(type, about, length)) {
      const whole = Buffer.allocUnsafe(length);
      message.copyTo(whole, writeFrameHeader(whole, 0, payload, message.isBinary));
      return this.pour(whole);
    }
    message.copyTo(this.frame, writeFrameHeader(this.frame, this.used, payload, message.isBinary));
    this.used += length;
  }

  bytes(type: RecordType, about: number, bytes: Buffer): void {
    if (!this.begin(type, about, bytes.length)) return this.pour(bytes);
    this.frame.set(bytes, this.used);
    this.used += bytes.length;
  }

  flush(): void {
    if (this.used === 0) return;
    const frame = this.frame.subarray(0, this.used);
    this.frame = NONE;
    this.used = 0;
    this.open = 0;
    this.letGo(frame);
  }

  /** Writes the head of a record and makes room for its bytes. False if they do not fit into one frame. */
  private begin(type: RecordType, about: number, length: number): boolean {
    if (this.open > 0 && this.isOpenFor(type, about) && this.used + length <= FRAME_MAX) {
      this.reserve(length);
      this.frame.writeUInt32LE(this.frame.readUInt32LE(this.open + 5) + length, this.open + 5);
      return true;
    }
    const whole = RECORD_HEADER_LENGTH + length;
    if (this.used + whole > FRAME_MAX) this.flush();
    const fits = FRAME_HEADER_LENGTH + whole <= FRAME_MAX;
    this.reserve(fits ? whole : RECORD_HEADER_LENGTH);
    this.open = fits && GROWING.has(type) ? this.used : 0;
    this.frame[this.used] = type;
    this.frame.writeUInt32LE(about, this.used + 1);
    this.frame.writeUInt32LE(length, this.used + 5);
    this.used += RECORD_HEADER_LENGTH;
    return fits;
  }

  private isOpenFor(type: RecordType, about: number): boolean {
    return this.frame[this.open] === type && this.frame.readUInt32LE(this.open + 1) === about;
  }

  private pour(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      if (this.used >= FRAME_MAX) this.flush();
      const piece = Math.min(bytes.length - at, FRAME_MAX - Math.max(this.used, FRAME_HEADER_LENGTH));
      this.reserve(piece);
      bytes.copy(this.frame, this.used, at, at + piece);
      this.used += piece;
      at += piece;
    }
  }

  private reserve(length: number): void {
    if (this.used === 0) {
      this.frame = Buffer.allocUnsafe(Math.max(SMALL, FRAME_HEADER_LENGTH + length));
      this.used = FRAME_HEADER_LENGTH;
    }
    const needed = this.used + length;
    if (needed <= this.frame.length) return;
    const grown = Buffer.allocUnsafe(Math.min(Math.max(needed, this.frame.length * 4), FRAME_MAX));
    grown.set(this.frame.subarray(0, this.used));
    this.frame = grown;
  }
}

/** Records whose bytes are nothing but frames. */
const GROWING: ReadonlySet<RecordType> = new Set([RecordType.ToAll, RecordType.ToOne, RecordType.ToHost]);

const NONE: Buffer = Buffer.alloc(0);

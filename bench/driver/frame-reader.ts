/** Takes the frames of a relay apart. */
import { TEXT } from './frames.js';

/** Who is told of frames. `bytes` is only valid during the call. */
export interface FrameListener {
  text(bytes: Buffer, start: number, end: number): void;
  control(opcode: number, bytes: Buffer, start: number, end: number): void;
  /** The relay sent something that no message of a benchmark can be: binary, fragmented, masked, reserved bits. */
  malformed(): void;
}

const WHOLE_TEXT = 0x80 | TEXT;

/** Frames may begin in one chunk and end in another; only then are bytes copied. */
export class FrameReader {
  private rest: Buffer | undefined;

  constructor(private readonly listener: FrameListener) {}

  read(chunk: Buffer): void {
    const bytes = this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk]);
    const used = this.readWhole(bytes);
    this.rest = used === bytes.length ? undefined : Buffer.from(bytes.subarray(used));
  }

  private readWhole(bytes: Buffer): number {
    let at = 0;
    while (bytes.length - at >= 2) {
      const size = bytes[at + 1] ?? 0;
      const start = at + (size < 126 ? 2 : size === 126 ? 4 : 10);
      if (start > bytes.length) break;
      const end = start + (size < 126 ? size : longLength(bytes, at + 2, size));
      if (end > bytes.length) break;
      this.tell(bytes[at] ?? 0, bytes, start, end);
      at = end;
    }
    return at;
  }

  private tell(first: number, bytes: Buffer, start: number, end: number): void {
    if (first === WHOLE_TEXT) this.listener.text(bytes, start, end);
    else if (first >= 0x88 && first <= 0x8a) this.listener.control(first & 0xf, bytes, start, end);
    else this.listener.malformed();
  }
}

function longLength(bytes: Buffer, at: number, size: number): number {
  // A masked frame, which a server must not send, reads as an absurd length and is never whole: it counts as lost.
  return size === 126 ? bytes.readUInt16BE(at) : Number(bytes.readBigUInt64BE(at));
}

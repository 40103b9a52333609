/** The header of a WebSocket frame as a server writes it (RFC 6455, 5.2): a whole message, unmasked. */

/** The longest header, in bytes: that of a payload of 64 KiB or more. */
export const FRAME_HEADER_MAX = 10;

const FIN = 0x80;
const TEXT = 0x1;
const BINARY = 0x2;
/** The bit that opcodes of control frames have (RFC 6455 section 5.5). */
const CONTROL = 0x8;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** Bytes of the header before a payload of that many bytes. */
export function frameHeaderLength(payloadLength: number): number {
  if (payloadLength < LENGTH_IN_2_BYTES) return 2;
  return payloadLength < 0x10000 ? 4 : FRAME_HEADER_MAX;
}

/** How many frames there are in bytes that hold nothing but whole frames of this kind; undefined for any other bytes. */
export function countFrames(frames: Buffer): number | undefined {
  let count = 0;
  let at = 0;
  for (; at < frames.length; count++) {
    if (frames[at] !== (FIN | TEXT) && frames[at] !== (FIN | BINARY)) return undefined;
    at = endOfFrame(frames, at);
  }
  return at === frames.length ? count : undefined;
}

/** The payloads of bytes in which {@link countFrames} has found whole frames. */
export function* payloadsIn(frames: Buffer): Iterable<Buffer> {
  for (let at = 0; at < frames.length;) {
    const end = endOfFrame(frames, at);
    const length = frames[at + 1] ?? 0;
    const header = length < LENGTH_IN_2_BYTES ? 2 : length === LENGTH_IN_2_BYTES ? 4 : FRAME_HEADER_MAX;
    yield frames.subarray(at + header, end);
    at = end;
  }
}

/** The frames of messages in what was written to a peer, without control frames, and without those of the first `skip`. */
export function* messageFrames(frames: Buffer, skip: number): Iterable<Buffer> {
  let left = skip;
  for (let at = 0; at < frames.length;) {
    const end = endOfFrame(frames, at);
    const isMessage = (frames[at]! & CONTROL) === 0;
    if (isMessage && left-- <= 0) yield frames.subarray(at, end);
    at = end;
  }
}

/** Where the frame that begins at `at` ends; beyond all bytes if its header is not whole, or is another's. */
function endOfFrame(frames: Buffer, at: number): number {
  const left = frames.length - at;
  const length = frames[at + 1] ?? Infinity;
  if (length < LENGTH_IN_2_BYTES) return at + 2 + length;
  if (length === LENGTH_IN_2_BYTES && left >= 4) return at + 4 + frames.readUInt16BE(at + 2);
  if (length !== LENGTH_IN_8_BYTES || left < FRAME_HEADER_MAX) return Infinity;
  return at + FRAME_HEADER_MAX + Number(frames.readBigUInt64BE(at + 2));
}

/** Writes the header into `target` at `offset` and returns the offset at which the payload begins. */
export function writeFrameHeader(
  target: Buffer,
  offset: number,
  payloadLength: number,
  isBinary: boolean,
): number {
  target[offset] = FIN | (isBinary ? BINARY : TEXT);
  if (payloadLength < LENGTH_IN_2_BYTES) {
    target[offset + 1] = payloadLength;
    return offset + 2;
  }
  if (payloadLength < 0x10000) {
    target[offset + 1] = LENGTH_IN_2_BYTES;
    target[offset + 2] = payloadLength >> 8;
    target[offset + 3] = payloadLength & 0xff;
    return offset + 4;
  }
  target[offset + 1] = LENGTH_IN_8_BYTES;
  target.writeUInt32BE(Math.floor(payloadLength / 0x1_0000_0000), offset + 2);
  return target.writeUInt32BE(payloadLength >>> 0, offset + 6);
}

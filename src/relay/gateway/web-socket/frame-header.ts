/** The header of a frame of a client (RFC 6455 section 5.2). */

/** Parts of the first byte. */
export const FIN = 0x80;
export const RESERVED = 0x70;
export const OPCODE = 0x0f;
export const CONTINUATION = 0x0;
export const BINARY = 0x2;
export const WHOLE_TEXT = 0x81;
export const WHOLE_BINARY = 0x82;

/** Parts of the second byte. */
export const MASKED = 0x80;
export const LENGTH = 0x7f;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/** Bytes of the mask, which stands between length and payload. */
const MASK = 4;

/** Bytes in front of the payload, the mask among them, of a frame with that second byte. */
export function headerLength(second: number): number {
  const length = second & LENGTH;
  if (length < LENGTH_IN_2_BYTES) return 2 + MASK;
  return (length < LENGTH_IN_8_BYTES ? 4 : 10) + MASK;
}

/** Bytes of the payload of the frame at `at`, whose header is there. More than 2^53 - 1 is not exact. */
export function payloadLength(bytes: Buffer, at: number): number {
  const length = bytes[at + 1]! & LENGTH;
  if (length < LENGTH_IN_2_BYTES) return length;
  if (length < LENGTH_IN_8_BYTES) return bytes.readUInt16BE(at + 2);
  return bytes.readUInt32BE(at + 2) * 0x1_0000_0000 + bytes.readUInt32BE(at + 6);
}

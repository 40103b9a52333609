/** WebSocket frames (RFC 6455, section 5.2) as a client writes them. */

export const TEXT = 0x1;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

/**
 * The masking key, four times the same byte, so that a byte can be masked without knowing its place.
 * Not zero: `ws` skips the unmasking then, which no browser's message would let it do.
 */
export const MASK = 0x5a;

/** One masked, unfragmented frame of less than 64 KiB. */
export function clientFrame(payload: Buffer, opcode = TEXT): Buffer {
  const header = payload.length < 126 ? 2 : 4;
  const frame = Buffer.alloc(header + 4 + payload.length, MASK);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (header === 2 ? payload.length : 126);
  if (header === 4) frame.writeUInt16BE(payload.length, 2);
  for (const [index, byte] of payload.entries()) frame[header + 4 + index] = byte ^ MASK;
  return frame;
}

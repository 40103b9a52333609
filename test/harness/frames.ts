// Frames of RFC 6455 as bytes, written and read by hand, so that tests can also write wrong ones.

/** Operation codes (RFC 6455, 5.2). */
export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame as the relay sent it. */
export interface Frame {
  fin: boolean;
  /** The three reserved bits. */
  rsv: number;
  opcode: number;
  payload: Buffer;
}

/** What may be unusual about a client's frame; a whole, masked text message otherwise. */
export interface FrameShape {
  opcode?: number;
  fin?: boolean;
  rsv?: number;
  masked?: boolean;
  mask?: Buffer;
  /** In how many bytes behind the second one the length is written; in as few as possible otherwise. */
  lengthBytes?: 0 | 2 | 8;
}

const usualMask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** One frame as a client sends it; nothing of it is checked. */
export function clientFrame(payload: string | Buffer, shape: FrameShape = {}): Buffer {
  const { opcode: code = opcode.text, fin = true, rsv = 0, masked = true, mask = usualMask } = shape;
  const bytes = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (rsv << 4) | code;
  const { lengthBytes = fewestBytes(bytes.length) } = shape;
  const head = Buffer.concat([Buffer.from([first]), lengthField(bytes.length, lengthBytes, masked)]);
  if (!masked) return Buffer.concat([head, bytes]);
  for (let i = 0; i < bytes.length; i++) bytes[i]! ^= mask[i % 4]!;
  return Buffer.concat([head, mask, bytes]);
}

function fewestBytes(length: number): 0 | 2 | 8 {
  if (length < 126) return 0;
  return length < 65_536 ? 2 : 8;
}

function lengthField(length: number, size: 0 | 2 | 8, masked: boolean): Buffer {
  const flag = masked ? 0x80 : 0;
  if (size === 0) return Buffer.from([flag | length]);
  const field = Buffer.alloc(1 + size);
  field.writeUInt8(flag | (size === 2 ? 126 : 127), 0);
  if (size === 2) field.writeUInt16BE(length, 1);
  else field.writeBigUInt64BE(BigInt(length), 1);
  return field;
}

/** The first frame in `bytes` and how many bytes it takes; undefined while it is incomplete. */
export function readServerFrame(bytes: Buffer): { frame: Frame; length: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes.readUInt8(1) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const size = short === 127 ? bytes.readUIntBE(4, 6) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < start + size) return undefined;
  const first = bytes.readUInt8(0);
  const payload = Buffer.from(bytes.subarray(start, start + size));
  const frame = { fin: first >= 0x80, rsv: (first >> 4) & 7, opcode: first & 15, payload };
  return { frame, length: start + size };
}

/** What goes from node to node in one message of the broker: a header, and a piece of the stream of records. */

/** Changes when nodes of different versions could not understand one another; such a node is not heard. */
export const VERSION = 2;

export const FRAME_HEADER_LENGTH = 18;

export const FrameKind = {
  /** Carries a piece of the stream, and is the next in its sequence. */
  Data: 1,
  /** Says that the sender lives, and what it has sent last. */
  Beat: 2,
  /** Gives up the receiver's incarnation of the link. */
  Reset: 3,
} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** All numbers have 32 bits and wrap around; incarnations are never 0. */
export interface FrameHeader {
  readonly kind: FrameKind;
  /** Which link to the receiver this is, as the sender counts; a later one has a higher number. */
  readonly from: number;
  /** Which link of the receiver it belongs to; 0 as long as the sender has not heard of it. */
  readonly to: number;
  /** The number of this frame, or of the last one with data. */
  readonly sequence: number;
  /** How many bytes of the receiver's stream the sender has taken. */
  readonly taken: number;
}

/** Writes the header to the first {@link FRAME_HEADER_LENGTH} bytes. */
export function writeHeader(frame: Buffer, { kind, from, to, sequence, taken }: FrameHeader): Buffer {
  frame[0] = VERSION;
  frame[1] = kind;
  frame.writeUInt32LE(from, 2);
  frame.writeUInt32LE(to, 6);
  frame.writeUInt32LE(sequence, 10);
  frame.writeUInt32LE(taken, 14);
  return frame;
}

/** The header, or undefined if this version does not know the bytes as a frame. */
export function readHeader(frame: Buffer): FrameHeader | undefined {
  const kind = frame[1];
  if (frame.length < FRAME_HEADER_LENGTH || frame[0] !== VERSION || !isKind(kind)) return undefined;
  return {
    kind,
    from: frame.readUInt32LE(2),
    to: frame.readUInt32LE(6),
    sequence: frame.readUInt32LE(10),
    taken: frame.readUInt32LE(14),
  };
}

/** How far `later` is behind `earlier`, for numbers that wrap around: negative if it is before it. */
export function distance(earlier: number, later: number): number {
  return (later - earlier) | 0;
}

function isKind(kind: number | undefined): kind is FrameKind {
  return kind === FrameKind.Data || kind === FrameKind.Beat || kind === FrameKind.Reset;
}

// Streams of frames as a client might send them: right, nearly right and wrong, all of it from one seed.
import { clientFrame, opcode, type FrameShape } from '../../../harness/frames.js';
import { Dice } from '../dice.js';
import { mutate } from '../mutate.js';

export interface FrameStream {
  readonly bytes: Buffer;
  /** The same bytes, each piece as one read brings it. */
  readonly pieces: readonly Buffer[];
  /** The largest message that is let in, 0 for any. */
  readonly maxMessageSize: (typeof MESSAGE_SIZES)[number];
}

export const MESSAGE_SIZES = [0, 200, 70_000, 1_048_576] as const;

/** Opcodes without meaning. */
const UNKNOWN = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as const;

const TEXTS = ['', '{}', '{"n":1}', '{"a":"é€😀"}', 'é', '€€€', '😀😀'] as const;

const NO_UTF8 = ['80', 'c0af', 'e282', 'eda080', 'f8', 'f09f98', 'f4908080'] as const;

const STATUSES = [
  ...([1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999] as const),
  ...([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535] as const),
] as const;

/** As much as one read of a socket brings. */
export const LONGEST_READ = 65_536;

/** More pieces than this are another rule's matter (A2). */
const MOST_PIECES = 1_500;

/** The stream of a seed, the same each time. */
export function frameStreamOf(seed: number): FrameStream {
  const dice = new Dice(seed);
  const maxMessageSize = dice.pick(MESSAGE_SIZES);
  const bytes = bytesOf(dice);
  return { bytes, pieces: piecesOf(bytes, dice), maxMessageSize };
}

function bytesOf(dice: Dice): Buffer {
  if (dice.once(30)) return dice.bytes(dice.below(300));
  const frames = Array.from({ length: 1 + dice.below(dice.once(8) ? 60 : 8) }, () => part(dice));
  const bytes = Buffer.concat(frames);
  return dice.once(10) ? mutate(bytes, dice) : bytes;
}

/** A frame, or several that belong together. */
function part(dice: Dice): Buffer {
  switch (dice.below(32)) {
    case 0:
      return oddFrame(dice);
    case 1:
      return dice.once(2) ? oddFrame(dice) : closing(dice);
    case 2:
      return dice.once(2) ? closing(dice) : announcement(dice);
    case 3:
      return dice.once(8) ? crumbs(dice) : control(dice);
    case 4:
    case 5:
    case 6:
    case 7:
      return control(dice);
    case 8:
    case 9:
    case 10:
    case 11:
    case 12:
    case 13:
      return fragments(dice);
    default:
      return frame(payload(dice), dice, { opcode: kind(dice) });
  }
}

/** Each with a mask of its own; now and then its length is written in more bytes than it needs. */
function frame(payload: Buffer, dice: Dice, shape: FrameShape): Buffer {
  const mask = dice.once(12) ? Buffer.alloc(4) : dice.bytes(4);
  if (!dice.once(12)) return clientFrame(payload, { mask, ...shape });
  return clientFrame(payload, {
    mask,
    lengthBytes: payload.length < 65_536 && dice.once(2) ? 2 : 8,
    ...shape,
  });
}

function kind(dice: Dice): number {
  return dice.once(2) ? opcode.text : opcode.binary;
}

function payload(dice: Dice): Buffer {
  if (dice.once(5)) return filled(dice);
  const text = Buffer.from(dice.pick(TEXTS));
  return dice.once(40) ? Buffer.concat([text, Buffer.from(dice.pick(NO_UTF8), 'hex')]) : text;
}

/** Its bytes repeat after seven, so that a mask that lies wrongly over them shows. */
function filled(dice: Dice): Buffer {
  const length = dice.length();
  if (length === 0) return Buffer.alloc(0);
  return Buffer.alloc(length, dice.once(8) ? dice.bytes(7) : Buffer.from('abcdefg'));
}

function control(dice: Dice): Buffer {
  const length = dice.once(2) ? dice.below(126) : dice.below(8);
  return frame(dice.bytes(length), dice, {
    opcode: dice.once(2) ? opcode.ping : opcode.pong,
    lengthBytes: 0,
  });
}

/** A message cut anywhere, with control frames between. */
function fragments(dice: Dice): Buffer {
  const bytes = Buffer.concat([payload(dice), payload(dice)]);
  const cuts = Array.from({ length: dice.below(5) }, () => dice.below(bytes.length + 1));
  const ends = [...cuts.sort((a, b) => a - b), bytes.length];
  const code = kind(dice);
  let at = 0;
  const frames = ends.map((end, n) => {
    const isLast = n === ends.length - 1;
    const shape = { opcode: n === 0 ? code : opcode.continuation, fin: isLast && !dice.once(40) };
    const fragment = frame(bytes.subarray(at, end), dice, shape);
    at = end;
    return dice.once(4) ? [fragment, control(dice)] : [fragment];
  });
  return Buffer.concat(frames.flat());
}

/** A message in about as many fragments as a peer may send. */
function crumbs(dice: Dice): Buffer {
  const count = 253 + dice.below(6);
  const nothing = dice.once(2);
  const frames = Array.from({ length: count }, (_, n) =>
    clientFrame(nothing ? '' : 'x', {
      opcode: n === 0 ? opcode.text : opcode.continuation,
      fin: n === count - 1,
    }),
  );
  return Buffer.concat(frames);
}

function closing(dice: Dice): Buffer {
  if (dice.once(4)) return frame(dice.bytes(dice.below(4)), dice, { opcode: opcode.close, lengthBytes: 0 });
  const status = Buffer.alloc(2);
  status.writeUInt16BE(dice.pick(STATUSES));
  const reason = dice.once(4) ? Buffer.from(dice.pick(NO_UTF8), 'hex') : Buffer.from(dice.pick(TEXTS));
  return frame(Buffer.concat([status, reason]), dice, { opcode: opcode.close, lengthBytes: 0 });
}

/** A frame with one thing unusual, or all. */
function oddFrame(dice: Dice): Buffer {
  const any = { opcode: dice.below(16), fin: !dice.once(3), rsv: dice.below(8), masked: !dice.once(4) };
  const usual = { opcode: kind(dice), fin: true, rsv: 0, masked: true };
  const shapes = [
    ...([any, { ...usual, opcode: dice.pick(UNKNOWN) }, { ...usual, rsv: any.rsv }] as const),
    ...([
      { ...usual, masked: false },
      { ...usual, opcode: opcode.ping, fin: false },
    ] as const),
  ] as const;
  const bytes = dice.once(3) ? filled(dice) : Buffer.from(dice.pick(['', ...TEXTS]));
  return frame(bytes, dice, dice.pick(shapes));
}

/** A header of a length whose payload does not come, or not all of it. */
function announcement(dice: Dice): Buffer {
  const header = Buffer.alloc(14);
  header.writeUInt8(dice.once(4) ? dice.below(256) : 0x80 | kind(dice), 0);
  header.writeUInt8(0xff, 1);
  const high = dice.pick([0, 1, 2 ** 20, 2 ** 21 - 1, 2 ** 21, 2 ** 31, 2 ** 32 - 1]);
  header.writeUInt32BE(high, 2);
  header.writeUInt32BE(dice.pick([0, 200, 201, 70_000, 70_001, 1_048_576, 1_048_577, 2 ** 32 - 1]), 6);
  return header;
}

function piecesOf(bytes: Buffer, dice: Dice): Buffer[] {
  const longest = dice.pick([
    LONGEST_READ,
    LONGEST_READ,
    2_000,
    ...(bytes.length < 2_000 ? [100, 10, 1] : []),
  ]);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const most = pieces.length < MOST_PIECES ? Math.min(longest, bytes.length - at) : LONGEST_READ;
    const length = most === LONGEST_READ ? most : 1 + dice.below(most);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

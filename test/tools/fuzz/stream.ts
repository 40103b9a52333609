// One fuzzed TCP connection, as it follows from its seed.
import { upgradeRequest } from '../../harness/raw-peer.js';
import { Dice } from './dice.js';
import { conversation, type Names } from './grammar.js';
import { mutate } from './mutate.js';

export interface Stream {
  /** What is written, each piece in its own segment. */
  readonly pieces: readonly Buffer[];
  /** Whether the peer ends its connection in peace, or by a reset. */
  readonly ending: 'end' | 'reset';
  /** Whether it reads what it is sent. */
  readonly reads: boolean;
}

/** The stream of a seed, the same each time. */
export function streamOf(seed: number, names: Names): Stream {
  const dice = new Dice(seed);
  const bytes = bytesOf(dice, names);
  return {
    pieces: cut(bytes, dice),
    ending: dice.pick(['end', 'end', 'end', 'reset']),
    reads: !dice.once(8),
  };
}

function bytesOf(dice: Dice, names: Names): Buffer {
  const request = Buffer.from(upgradeRequest(dice.pick(['/', '/ws', '/a/b?x=1', '*', '//'])));
  switch (dice.below(10)) {
    case 0:
      return dice.bytes(dice.below(3_000));
    case 1:
      return Buffer.concat([mutate(request, dice), dice.bytes(dice.below(500))]);
    case 2:
      return Buffer.concat([request, dice.bytes(dice.below(3_000))]);
    case 3:
      return Buffer.concat([request, request, dice.bytes(dice.below(100))]);
    default:
      return Buffer.concat([request, conversation(dice, names)]);
  }
}

function cut(bytes: Buffer, dice: Dice): Buffer[] {
  const pieces: Buffer[] = [];
  const longest = dice.pick([1_000_000, 1_000_000, 500, 50]);
  for (let at = 0; at < bytes.length;) {
    const length = 1 + dice.below(Math.min(longest, bytes.length - at));
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  // Not too many: a stream of single bytes is another test.
  return pieces.length > 60 ? [bytes] : pieces;
}

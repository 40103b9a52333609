// Small damage to bytes that were right.
import type { Dice } from './dice.js';

type Damage = (bytes: Buffer, at: number, dice: Dice) => Buffer;

const flip: Damage = (bytes, at, dice) => {
  const damaged = Buffer.from(bytes);
  if (at < damaged.length) damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << dice.below(8)), at);
  return damaged;
};

const cut: Damage = (bytes, at, dice) =>
  Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice.below(20))]);

const insert: Damage = (bytes, at, dice) =>
  Buffer.concat([bytes.subarray(0, at), dice.bytes(1 + dice.below(20)), bytes.subarray(at)]);

const repeat: Damage = (bytes, at, dice) => {
  const part = bytes.subarray(at, at + 1 + dice.below(50));
  return Buffer.concat([
    bytes.subarray(0, at),
    ...Array.from({ length: 1 + dice.below(5) }, () => part),
    bytes.subarray(at),
  ]);
};

const end: Damage = (bytes, at) => bytes.subarray(0, at);

const kinds = [flip, flip, flip, cut, insert, repeat, end] as const;

/** The bytes with some of them damaged. */
export function mutate(bytes: Buffer, dice: Dice): Buffer {
  let mutated = bytes;
  for (let n = 0; n <= dice.below(3); n++) {
    mutated = dice.pick(kinds)(mutated, dice.below(Math.max(1, mutated.length)), dice);
  }
  return mutated;
}

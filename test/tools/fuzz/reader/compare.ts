// The relay's reader beside that of ws: both must hear the same in any bytes.
import { expect } from 'vitest';
import { Dice } from '../dice.js';
import { frameStreamOf, type FrameStream } from './frames.js';
import { Reading } from './reading.js';
import { heardByWs } from './reference.js';

/** Streams that ws reads at a time. */
const BATCH = 100;

/** Plays streams from the seed on while `goesOn` says so. Returns how many there were. */
export async function compareStreams(seed: number, goesOn: (streams: number) => boolean): Promise<number> {
  let streams = 0;
  for (; goesOn(streams); streams += BATCH) {
    const first = seed + streams;
    await Promise.all(Array.from({ length: BATCH }, (_, n) => compareStream(first + n)));
  }
  return streams;
}

/** Throws with the seed where the two differ. */
async function compareStream(seed: number): Promise<void> {
  const stream = frameStreamOf(seed);
  try {
    await compare(stream, new Dice(~seed));
  } catch (error) {
    const bytes = stream.bytes.toString('hex').slice(0, 2_000);
    const what = `Relay and ws differ with \`npm run fuzz -- --reader --seed ${seed}\` in the bytes ${bytes}.`;
    throw new Error(what, { cause: error });
  }
}

/** @param dice when the inbox is held; undefined for never. */
export async function compare({ bytes, pieces, maxMessageSize }: FrameStream, dice?: Dice): Promise<void> {
  const due = await heardByWs(bytes, maxMessageSize);
  const reading = new Reading(maxMessageSize, dice);
  reading.takeAll(pieces);
  expect(reading.comparedWith(due.end)).toEqual(due);
}

/** How much room V8 has for what is young: what does not outlive a moment is never moved to where collecting it is dear. */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Bytes that it is given, both halves together. */
const ROOM = 8 * 1024 * 1024;

/** Objects that are alive at once in a round, and rounds at most: more than enough for V8 to find its room too small. */
const OBJECTS = 60_000;
const ROUNDS = 8;

/**
 * V8 begins with 2 MiB, and collects them 150 times a second while three thousand phones a second come back: it copies the
 * objects of connections that just open again and again, for 6 % of all that a login costs. Left alone it grows to
 * 32 MiB once many connections are open, and to 2 kB for each of them. So it gets its size now, and keeps it. Flags for
 * that exist, but only on the command line.
 */
export function sizeYoungGeneration(): void {
  setFlagsFromString('--semi-space-growth-factor=4');
  for (let round = 0; round < ROUNDS && roomNow() < ROOM; round++) fill();
  setFlagsFromString('--semi-space-growth-factor=1');
}

function roomNow(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? ROOM;
}

/** V8 looks at how much has survived when it collects, which it does several times in here. */
function fill(): object[] {
  return Array.from({ length: OBJECTS }, (_, n) => ({ n }));
}

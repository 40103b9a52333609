/** The end of a measurement: nothing more is sent, and what is on its way may come. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stream } from './stream.js';

const LOOK_MS = 5;

/** The messages that are still missing when all have come, or none has come for so long. */
export async function drain(streams: Stream[], silenceMs: number): Promise<number> {
  let missing = Infinity;
  // Counted in looks, not by the clock: if this process was held up, nothing could come.
  for (let looks = 0; missing > 0 && looks < silenceMs / LOOK_MS; looks++) {
    const now = streams.reduce((sum, stream) => sum + stream.missing(), 0);
    if (now < missing) looks = 0;
    missing = now;
    if (missing > 0) await sleep(LOOK_MS);
  }
  return missing;
}

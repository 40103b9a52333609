/** The verdict on a measurement: it counts only if every message came, whole, in order and to the right one. */
import type { Faults } from './job.js';

export function noFaults(): Faults {
  return { bytes: 0, order: 0, address: 0, lost: 0, closed: 0 };
}

export function isFlawless(faults: Faults): boolean {
  return Object.values(faults).every((count) => count === 0);
}

/** The counts that are not zero, as `lost 3, order 1`. */
export function describeFaults(faults: Faults): string {
  return Object.entries(faults)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

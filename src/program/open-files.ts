/** How many files, and so connections, this process may have open. */
import { readFileSync } from 'node:fs';

/** Files kept for everything but connections: logs, the listening socket, what Node itself needs. */
const RESERVE = 64;

/** Connections that the system allows; undefined where it does not say. */
export function connectionsAllowed(limits = readLimits()): number | undefined {
  const files = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return files === undefined ? undefined : Math.max(1, Number(files) - RESERVE);
}

function readLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    // Other systems than Linux do not say, so `--max-connections` alone counts.
    return '';
  }
}

/** Round trips of the last ten minutes, so that a room that is opened has a past. */
import type { RelayMonitor } from '../../relay/service/relay.monitor.js';
import type { Trip } from './look.js';

/** Seconds from one note to the next: pings are not sent more often. */
const INTERVAL = 10;

/** Notes that are kept of a connection. */
const MOST_NOTES = 60;

/** Connections that notes are kept of; others have no past, and a present. */
const MOST_CONNECTIONS = 2_000;

export class Trips {
  private byConnection = new Map<number, Trip[]>();
  private ticks = 0;

  /** Called once a second. */
  tick(monitor: RelayMonitor): void {
    if (this.ticks++ % INTERVAL === 0) this.note(monitor);
  }

  /** The oldest first, without what is now. */
  of(connection: number): readonly Trip[] {
    return this.byConnection.get(connection) ?? [];
  }

  // A peer that has gone is left out, and so forgotten.
  private note(monitor: RelayMonitor): void {
    const kept = new Map<number, Trip[]>();
    for (const { connection, roundTrip = 0, jitter = 0 } of monitor.roundTrips()) {
      const former = this.byConnection.get(connection) ?? [];
      kept.set(connection, [...former.slice(1 - MOST_NOTES), tripOf(roundTrip, jitter)]);
      if (kept.size === MOST_CONNECTIONS) break;
    }
    this.byConnection = kept;
  }
}

/** Rounded, since a viewer does not see tenths. */
export function tripOf(roundTrip: number, jitter: number): Trip {
  return [Math.round(roundTrip), Math.round(jitter)];
}

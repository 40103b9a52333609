/** The last minutes of a node: no new host is let in, and running parties go on (B12). */
import { Injectable } from '@nestjs/common';
import type { Ending } from '../rooms/endings.js';
import { Readiness } from '../rooms/readiness.js';
import type { SeatListener } from '../seats/arrival.js';
import { Seats } from '../seats/seats.js';
import type { Measures } from './measures.js';
import { SessionEvents, type SessionListener } from './session-events.js';
import type { Phase, Session } from './session.js';

@Injectable()
export class Draining implements SessionListener, SeatListener {
  /** Hosts and players, those among them that are away and may come back. */
  private members = 0;
  private tellEmpty: (() => void) | undefined;

  constructor(
    events: SessionEvents,
    private readonly readiness: Readiness,
    seats: Seats,
  ) {
    events.listen(this);
    seats.listen(this);
  }

  /** Resolves when no host and no player is left; the caller sets the time that this may take. */
  begin(): Promise<void> {
    this.readiness.set('draining', true);
    return new Promise((resolve) => {
      this.tellEmpty = resolve;
      this.tellIfEmpty();
    });
  }

  loggedIn({ hasReturned }: Session): void {
    if (!hasReturned) this.members++;
  }

  ended(_session: Session, _ending: Ending, last: Phase, _measures: Measures, stays: boolean): void {
    if (!stays && (last.name === 'host' || last.name === 'player')) this.leave();
  }

  gaveUp(): void {
    this.leave();
  }

  private leave(): void {
    this.members--;
    this.tellIfEmpty();
  }

  private tellIfEmpty(): void {
    if (this.members === 0) this.tellEmpty?.();
  }
}

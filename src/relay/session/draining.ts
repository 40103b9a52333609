/** The last minutes of a node: no new host is let in, and running parties go on (B12). */
import { Injectable } from '@nestjs/common';
import type { Ending } from '../rooms/endings.js';
import { Readiness } from '../rooms/readiness.js';
import { SessionEvents, type SessionListener } from './session-events.js';
import type { Phase, Session } from './session.js';

@Injectable()
export class Draining implements SessionListener {
  private members = 0;
  private tellEmpty: (() => void) | undefined;

  constructor(
    events: SessionEvents,
    private readonly readiness: Readiness,
  ) {
    events.listen(this);
  }

  /** Resolves when no host and no player is left; the caller sets the time that this may take. */
  begin(): Promise<void> {
    this.readiness.set('draining', true);
    return new Promise((resolve) => {
      this.tellEmpty = resolve;
      this.tellIfEmpty();
    });
  }

  loggedIn(): void {
    this.members++;
  }

  ended(_session: Session, _ending: Ending, last: Phase): void {
    if (last.name !== 'host' && last.name !== 'player') return;
    this.members--;
    this.tellIfEmpty();
  }

  private tellIfEmpty(): void {
    if (this.members === 0) this.tellEmpty?.();
  }
}

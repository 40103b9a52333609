/** What happens to sessions, for all that keep books: the log, and what an operator adds. */
import { Injectable } from '@nestjs/common';
import type { Ending } from '../rooms/endings.js';
import type { Measures } from './measures.js';
import type { Phase, Session } from './session.js';

export interface SessionListener {
  /** A host or player has logged in; `session.phase` tells which. */
  loggedIn?(session: Session): void;
  /** A login was refused, and logged by the interceptor; `last` tells who asked for what, if that was to be read. */
  refused?(session: Session, ending: Ending, last: Phase, measures: Measures): void;
  /**
   * Any other session ended; `last` is the phase that it was in, `measures` are those of that moment. `stays` says whether
   * its place in the room is not given up with it: another connection has it, or it waits for one.
   */
  ended?(session: Session, ending: Ending, last: Phase, measures: Measures, stays: boolean): void;
  /** An upgrade request was refused; there is no session. */
  turnedAway?(address: string, ending: Ending): void;
  /** An error of ours was met while serving the session, which ends. */
  failed?(session: Session, error: unknown): void;
}

/** A listener that throws is an error of ours that must not touch a session: it is logged, and the others hear on. */
@Injectable()
export class SessionEvents {
  private readonly listeners: SessionListener[] = [];

  listen(listener: SessionListener): void {
    this.listeners.push(listener);
  }

  loggedIn(session: Session): void {
    this.tell((listener) => listener.loggedIn?.(session));
  }

  refused(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    this.tell((listener) => listener.refused?.(session, ending, last, measures));
  }

  ended(session: Session, ending: Ending, last: Phase, measures: Measures, stays: boolean): void {
    this.tell((listener) => listener.ended?.(session, ending, last, measures, stays));
  }

  turnedAway(address: string, ending: Ending): void {
    this.tell((listener) => listener.turnedAway?.(address, ending));
  }

  failed(session: Session, error: unknown): void {
    this.tell((listener) => listener.failed?.(session, error));
  }

  private tell(call: (listener: SessionListener) => void): void {
    for (const listener of this.listeners) {
      try {
        call(listener);
      } catch (error) {
        // Not by the logger, which may be what has failed.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}

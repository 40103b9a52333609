/** The relay's log vocabulary: one function per event, and never a payload. */
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ENDINGS, type Ending, type EndingLevel, rulesOf } from '../rooms/endings.js';
import { BackendError } from '../session/backend-error.js';
import { type EndingReport, refusalOf, reportOf, whoIn } from '../session/ending-report.js';
import type { GivenUp, SeatListener } from '../seats/arrival.js';
import { Seats } from '../seats/seats.js';
import type { Measures } from '../session/measures.js';
import { SessionEvents, type SessionListener } from '../session/session-events.js';
import type { Phase, Session } from '../session/session.js';
import { escapeForLog } from './escape.js';
import { LevelLogger } from './level-logger.js';
import { Repetitions, type Summary, WINDOW } from './repetitions.js';

/** Who a line is about, as far as it is known; its texts are the peer's own. */
type Subject = Partial<Pick<EndingReport, 'connection' | 'role' | 'serverCode' | 'clientId'>> &
  Pick<EndingReport, 'address'>;

/** What the log says of a peer besides its ending. */
type Deed =
  | 'opened'
  | 'took-back'
  | 'host-away'
  | 'gave-up'
  | 'joined'
  | 'away'
  | 'returned'
  | 'seat-free'
  | 'failed'
  | 'failed-to-open';

const DEEDS: Readonly<Record<Deed, { readonly level: EndingLevel; readonly meaning: string }>> = {
  opened: { level: 'log', meaning: 'opened its room' },
  'took-back': { level: 'log', meaning: 'took its room back' },
  'host-away': { level: 'log', meaning: 'is away, and its room waits for it' },
  'gave-up': { level: 'log', meaning: 'did not come back' },
  joined: { level: 'debug', meaning: 'joined' },
  away: { level: 'debug', meaning: 'is away, and its seat waits for it' },
  returned: { level: 'debug', meaning: 'took its seat again' },
  'seat-free': { level: 'debug', meaning: 'did not come back' },
  failed: { level: 'error', meaning: 'hit an internal error' },
  'failed-to-open': { level: 'error', meaning: 'hit an internal error before it had a session' },
};

/** Routine events check the log level first: a line that is then dropped would cost a twentieth of its login. */
@Injectable()
export class RelayLog implements SessionListener, SeatListener, OnModuleDestroy {
  private readonly logger = new LevelLogger('Relay');
  private readonly repetitions = new Repetitions<Ending | Deed>((summary) => this.summarised(summary));

  constructor(events: SessionEvents, seats: Seats) {
    events.listen(this);
    seats.listen(this);
  }

  onModuleDestroy(): void {
    this.repetitions.flush();
  }

  loggedIn(session: Session): void {
    const isHost = session.phase.name === 'host';
    const deed = session.hasReturned ? (isHost ? 'took-back' : 'returned') : isHost ? 'opened' : 'joined';
    this.note(deed, session.connection.remoteAddress, () => subjectOf(session));
  }

  ended(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    const { id: connection, remoteAddress: address } = session.connection;
    if (this.isWritten(ENDINGS[ending].level, address, ending)) {
      this.write(reportOf(session, ending, last, measures));
    }
    const deed = absenceIn(last);
    if (deed !== undefined) this.note(deed, address, () => ({ connection, address, ...whoIn(last) }));
  }

  gaveUp({ address, serverCode, clientId }: GivenUp): void {
    const role = clientId === undefined ? 'host' : 'player';
    const deed = clientId === undefined ? 'gave-up' : 'seat-free';
    this.note(deed, address, () => ({ address, role, serverCode, clientId }));
  }

  /** A refused login, with the names that it asked for if they were to be read. */
  loginRefused(session: Session, ending: Ending): void {
    this.ended(session, ending, session.phase, session.connection.measure());
  }

  /** An upgrade request that was refused; there is no session yet. */
  turnedAway(address: string, ending: Ending): void {
    if (this.isWritten(ENDINGS[ending].level, address, ending)) this.write(refusalOf(address, ending));
  }

  failed(session: Session, error: unknown): void {
    if (!this.repetitions.isTold(session.connection.remoteAddress, 'failed')) return;
    const name = nameOf(harmless(subjectOf(session)));
    const isBackends = error instanceof BackendError;
    const met = isBackends
      ? 'hit an error in a guard, pipe or interceptor of the backend'
      : DEEDS.failed.meaning;
    this.logger.failed(`${name} ${met}: ${String(isBackends ? error.cause : error)}`, error);
  }

  /** An error of ours met a connection before it had a session. */
  failedToOpen(address: string, error: unknown): void {
    if (this.repetitions.isTold(address, 'failed-to-open')) this.logger.error(error);
  }

  private note(deed: Deed, address: string, subjectNow: () => Subject): void {
    const { level, meaning } = DEEDS[deed];
    if (!this.isWritten(level, address, deed)) return;
    const subject = harmless(subjectNow());
    this.logger.tell(level, `${nameOf(subject)} ${meaning}`, subject);
  }

  private isWritten(level: EndingLevel, address: string, kind: Ending | Deed): boolean {
    return this.logger.takes(level) && this.repetitions.isTold(address, kind);
  }

  private summarised({ address, kind, times }: Summary<Ending | Deed>): void {
    const seconds = WINDOW / 1_000;
    const { level, meaning } = isDeed(kind) ? DEEDS[kind] : ENDINGS[kind];
    const named = meaning.replace('{code}', ITS_CODE);
    const text = `Connection (${address}) ${named}, ${times} times more in ${seconds} s`;
    if (isDeed(kind)) this.logger.tell(level, text, { address, times });
    else
      this.logger.tell(level, `${text} (${kind})`, {
        address,
        ending: kind,
        rule: rulesOf(kind),
        times,
      });
  }

  private write(report: EndingReport): void {
    const { level, meaning } = ENDINGS[report.ending];
    const fields = harmless(report);
    const named = meaning.replace('{code}', () => fields.serverCode ?? ITS_CODE);
    this.logger.tell(level, `${nameOf(fields)} ${named} (${report.ending})`, fields);
  }
}

/** What a line calls the code of many, or one that was not to be read. */
const ITS_CODE = 'its code';

function isDeed(kind: Ending | Deed): kind is Deed {
  return kind in DEEDS;
}

/** What waits for a session that has ended. */
function absenceIn(last: Phase): Deed | undefined {
  if (last.name === 'host' && last.room.isHostAway) return 'host-away';
  return last.name === 'player' && last.player.isAway ? 'away' : undefined;
}

function subjectOf({ connection, phase }: Session): Subject {
  return { connection: connection.id, address: connection.remoteAddress, ...whoIn(phase) };
}

/** With the peer's own texts made harmless (E7), times in whole milliseconds but for round trips, and nothing unknown. */
function harmless<T extends Subject & { readonly duration?: number }>(fields: T): T {
  const { serverCode, clientId, duration } = fields;
  const shown = {
    ...fields,
    ...(serverCode !== undefined && { serverCode: escapeForLog(serverCode) }),
    ...(clientId !== undefined && { clientId: escapeForLog(clientId) }),
    ...(duration !== undefined && { duration: Math.round(duration) }),
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)) as T;
}

function nameOf({ role, serverCode, clientId, connection, address }: Subject): string {
  if (role === 'host') return `Host of ${serverCode} (${address})`;
  if (role === 'player') return `Player ${clientId} of ${serverCode} (${address})`;
  return `Connection ${connection === undefined ? '' : `${connection} `}(${address})`;
}

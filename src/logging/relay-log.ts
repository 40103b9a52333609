/** The relay's log vocabulary: one function per event, and never a payload. */
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ENDINGS, type Ending } from '../rooms/endings.js';
import { BackendError } from '../session/backend-error.js';
import { type EndingReport, refusalOf, reportOf, whoIn } from '../session/ending-report.js';
import type { Measures } from '../session/measures.js';
import { SessionEvents, type SessionListener } from '../session/session-events.js';
import type { Phase, Session } from '../session/session.js';
import { escapeForLog } from './escape.js';
import { LevelLogger } from './level-logger.js';
import { Refusals, type Summary, WINDOW } from './refusals.js';

/** Who a line is about, as far as it is known; its texts are the peer's own. */
type Subject = Partial<Pick<EndingReport, 'connection' | 'role' | 'serverCode' | 'clientId'>> &
  Pick<EndingReport, 'address'>;

/** What happens to everybody is asked for first: a line that nobody wants would cost a twentieth of its login. */
@Injectable()
export class RelayLog implements SessionListener, OnModuleDestroy {
  private readonly logger = new LevelLogger('Relay');
  private readonly refusals = new Refusals((summary) => this.summarised(summary));

  constructor(events: SessionEvents) {
    events.listen(this);
  }

  onModuleDestroy(): void {
    this.refusals.flush();
  }

  loggedIn(session: Session): void {
    const isHost = session.phase.name === 'host';
    const level = isHost ? 'log' : 'debug';
    if (!this.logger.takes(level)) return;
    const subject = harmless(subjectOf(session));
    this.logger.tell(level, `${nameOf(subject)} ${isHost ? 'opened its room' : 'joined'}`, subject);
  }

  ended(session: Session, ending: Ending, last: Phase, measures: Measures): void {
    if (this.logger.takes(ENDINGS[ending].level)) this.write(reportOf(session, ending, last, measures));
  }

  /** A refused login, with the names that it asked for if they were to be read. */
  loginRefused(session: Session, ending: Ending): void {
    if (!this.refusals.isTold(session.connection.remoteAddress, ending)) return;
    this.write(reportOf(session, ending, session.phase, session.connection.measure()));
  }

  /** An upgrade request that was refused; there is no session yet. */
  turnedAway(address: string, ending: Ending): void {
    if (this.refusals.isTold(address, ending)) this.write(refusalOf(address, ending));
  }

  failed(session: Session, error: unknown): void {
    const subject = nameOf(harmless(subjectOf(session)));
    const isBackends = error instanceof BackendError;
    const owner = isBackends ? 'a guard, pipe or interceptor of the backend' : 'the relay';
    this.logger.failed(
      `${subject} met an error of ${owner}: ${String(isBackends ? error.cause : error)}`,
      error,
    );
  }

  /** An error of ours met a connection before it had a session. */
  failedToOpen(error: unknown): void {
    this.logger.error(error);
  }

  private summarised({ address, ending, times }: Summary): void {
    const { level, rule, meaning } = ENDINGS[ending];
    const seconds = WINDOW / 1_000;
    const text = `Connection (${address}) ${meaning}, ${times} times more in ${seconds} s (${ending})`;
    this.logger.tell(level, text, { address, ending, rule, times });
  }

  private write(report: EndingReport): void {
    const { level, meaning } = ENDINGS[report.ending];
    const fields = harmless(report);
    this.logger.tell(level, `${nameOf(fields)} ${meaning} (${report.ending})`, fields);
  }
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

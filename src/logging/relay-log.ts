/** The relay's log vocabulary: one function per event, and never a payload. */
import { Injectable, Logger } from '@nestjs/common';
import { ENDINGS, type Ending } from '../rooms/endings.js';
import { SessionEvents, type SessionListener } from '../session/session-events.js';
import type { Phase, Session } from '../session/session.js';
import { escapeForLog } from './escape.js';

/** The members of a log line in JSON. */
interface Fields {
  connection: number;
  address: string;
  role?: 'host' | 'player';
  serverCode?: string;
  clientId?: string;
  ending?: Ending;
  rule?: string;
}

@Injectable()
export class RelayLog implements SessionListener {
  private readonly logger = new Logger('Relay');

  constructor(events: SessionEvents) {
    events.listen(this);
  }

  loggedIn(session: Session): void {
    const fields = fieldsOf(session, session.phase);
    if (fields.role === 'host') this.logger.log(`${nameOf(fields)} opened its room`, fields);
    else this.logger.debug(`${nameOf(fields)} joined`, fields);
  }

  ended(session: Session, ending: Ending, last: Phase): void {
    const fields = fieldsOf(session, last);
    this.write(ending, fields);
  }

  /** A refused login, with the names that it asked for if they were to be read. */
  loginRefused(session: Session, ending: Ending): void {
    this.write(ending, fieldsOf(session, session.phase));
  }

  /** An upgrade request that was refused; there is no session yet. */
  turnedAway(address: string, ending: Ending): void {
    const { level, rule, meaning } = ENDINGS[ending];
    this.logger[level](`Connection (${address}) ${meaning} (${ending})`, { address, ending, rule });
  }

  failed(session: Session, error: unknown): void {
    const fields = fieldsOf(session, session.phase);
    const stack = error instanceof Error ? error.stack : undefined;
    this.logger.error(`${nameOf(fields)} met an error of the relay: ${String(error)}`, stack);
  }

  /** An error of ours met a connection before it had a session. */
  failedToOpen(error: unknown): void {
    this.logger.error(error);
  }

  private write(ending: Ending, fields: Fields): void {
    const { level, rule, meaning } = ENDINGS[ending];
    this.logger[level](`${nameOf(fields)} ${meaning} (${ending})`, { ...fields, ending, rule });
  }
}

function nameOf({ role, serverCode, clientId, connection, address }: Fields): string {
  if (role === 'host') return `Host of ${serverCode} (${address})`;
  if (role === 'player') return `Player ${clientId} of ${serverCode} (${address})`;
  return `Connection ${connection} (${address})`;
}

function fieldsOf(session: Session, phase: Phase): Fields {
  const { id: connection, remoteAddress: address } = session.connection;
  const base = { connection, address };
  if (phase.name === 'host') {
    return { ...base, role: 'host', serverCode: escapeForLog(phase.room.serverCode) };
  }
  if (phase.name === 'player') {
    const { room, clientId } = phase.player;
    return {
      ...base,
      role: 'player',
      serverCode: escapeForLog(room.serverCode),
      clientId: escapeForLog(clientId),
    };
  }
  if (phase.name === 'logging-in') {
    const { role, serverCode, clientId } = phase;
    const id = clientId === undefined ? {} : { clientId: escapeForLog(clientId) };
    return { ...base, role, serverCode: escapeForLog(serverCode), ...id };
  }
  return base;
}

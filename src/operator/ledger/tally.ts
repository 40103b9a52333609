/** How many have logged in and ended since the start, by role and reason. */
import type { Ending } from '../../relay/rooms/endings.js';
import type { SessionListener } from '../../relay/session/session-events.js';
import type { Phase, Session } from '../../relay/session/session.js';

/** `none` is who had not said yet what it is. */
export type RoleOrNone = 'host' | 'player' | 'none';

/** One count of a table. */
export interface Row<Reason extends string> {
  readonly role: RoleOrNone;
  readonly reason: Reason;
  count: number;
}

/** Never forgets, and is small: there are as many rows as there are reasons. */
export class Tally implements SessionListener {
  private readonly loginTable = new Table<Ending | 'granted'>();
  private readonly endingTable = new Table<Ending>();

  /** Logins, by who granted or refused them. */
  get logins(): readonly Row<Ending | 'granted'>[] {
    return this.loginTable.rows;
  }

  /** Endings and refusals, upgrade requests that were refused included. */
  get endings(): readonly Row<Ending>[] {
    return this.endingTable.rows;
  }

  loggedIn({ phase }: Session): void {
    this.loginTable.count(roleIn(phase), 'granted');
  }

  refused(_session: Session, ending: Ending, last: Phase): void {
    this.loginTable.count(roleIn(last), ending);
    this.endingTable.count(roleIn(last), ending);
  }

  ended(_session: Session, ending: Ending, last: Phase): void {
    this.endingTable.count(roleIn(last), ending);
  }

  turnedAway(_address: string, ending: Ending): void {
    this.endingTable.count('none', ending);
  }
}

class Table<Reason extends string> {
  readonly rows: Row<Reason>[] = [];
  private readonly byName = new Map<string, Row<Reason>>();

  count(role: RoleOrNone, reason: Reason): void {
    const name = `${role} ${reason}`;
    const row = this.byName.get(name) ?? this.add(name, { role, reason, count: 0 });
    row.count++;
  }

  private add(name: string, row: Row<Reason>): Row<Reason> {
    this.byName.set(name, row);
    this.rows.push(row);
    return row;
  }
}

function roleIn(phase: Phase): RoleOrNone {
  if (phase.name === 'host' || phase.name === 'player') return phase.name;
  return phase.name === 'logging-in' ? phase.role : 'none';
}

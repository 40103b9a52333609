/** What happens to the rooms and players of this node, for a backend that wants to know (C16). */
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Ending } from '../rooms/endings.js';
import type { GivenUp } from '../seats/arrival.js';
import { Seats } from '../seats/seats.js';
import { Channel, InOrder } from './guarded-observable.js';
import { whoIn } from '../session/ending-report.js';
import { SessionEvents } from '../session/session-events.js';
import type { Phase, Session } from '../session/session.js';

export interface RoomOpened {
  /** The host's own text. */
  readonly serverCode: string;
  readonly address: string;
  /** What the authorizer has said of the host; undefined if nothing. */
  readonly context: unknown;
}

export interface RoomClosed extends RoomOpened {
  readonly ending: Ending;
}

export interface PlayerJoined extends RoomOpened {
  /** The player's own text; others may have the same. */
  readonly clientId: string;
}

export interface PlayerLeft extends PlayerJoined {
  readonly ending: Ending;
}

/** A first message that was not granted. What it did not come to say is undefined. */
export interface LoginWasRefused {
  readonly role: 'host' | 'player' | undefined;
  readonly serverCode: string | undefined;
  readonly clientId: string | undefined;
  readonly address: string;
  readonly ending: Ending;
}

/**
 * Of the connections of this node: a room is opened where its host is connected, a player joins where it is connected
 * itself, also a room of another node. An event comes when it has happened, before anything else does; nothing waits for
 * who listens. An error of a listener is logged. All observables complete when the application ends.
 *
 * A backend handles the errors of observables that it makes of several (`merge`), and of a `Subject` that it subscribes:
 * rxjs throws those out of a timer.
 */
@Injectable()
export class RelayEvents implements OnApplicationShutdown {
  private readonly order = new InOrder();
  private readonly opened = new Channel<RoomOpened>(this.order);
  private readonly closed = new Channel<RoomClosed>(this.order);
  private readonly joined = new Channel<PlayerJoined>(this.order);
  private readonly left = new Channel<PlayerLeft>(this.order);
  private readonly refusals = new Channel<LoginWasRefused>(this.order);
  readonly roomOpened = this.opened.told;
  readonly roomClosed = this.closed.told;
  readonly playerJoined = this.joined.told;
  readonly playerLeft = this.left.told;
  readonly loginRefused = this.refusals.told;

  /** @internal Nest calls it. */
  constructor(events: SessionEvents, seats: Seats) {
    seats.listen({ gaveUp: (seat) => this.gaveUp(seat) });
    events.listen({
      loggedIn: (session) => this.loggedIn(session),
      refused: (session, ending, last) => this.refused(session, ending, last),
      // A seat, or a room, that waits for a return is given up later, or never.
      ended: (session, ending, last, _measures, stays) => {
        if (!stays) this.ended(session, ending, last);
      },
    });
  }

  onApplicationShutdown(): void {
    for (const channel of [this.opened, this.closed, this.joined, this.left, this.refusals]) channel.end();
  }

  private loggedIn(session: Session): void {
    const { phase, hasReturned } = session;
    if (hasReturned) return;
    if (phase.name === 'host' && this.opened.isHeard) this.opened.tell(roomOf(session, phase));
    if (phase.name === 'player' && this.joined.isHeard) this.joined.tell(playerOf(session, phase));
  }

  private refused(session: Session, ending: Ending, last: Phase): void {
    if (!this.refusals.isHeard) return;
    const { role, serverCode, clientId } = whoIn(last);
    this.refusals.tell({ role, serverCode, clientId, address: session.connection.remoteAddress, ending });
  }

  private gaveUp({ clientId, ...room }: GivenUp): void {
    if (clientId === undefined) {
      if (this.closed.isHeard) this.closed.tell(room);
    } else if (this.left.isHeard) this.left.tell({ ...room, clientId });
  }

  private ended(session: Session, ending: Ending, last: Phase): void {
    if (last.name === 'host' && this.closed.isHeard) this.closed.tell({ ...roomOf(session, last), ending });
    if (last.name === 'player' && this.left.isHeard) this.left.tell({ ...playerOf(session, last), ending });
  }
}

function roomOf({ connection, context }: Session, { room }: Extract<Phase, { name: 'host' }>): RoomOpened {
  return { serverCode: room.serverCode, address: connection.remoteAddress, context };
}

function playerOf(
  { connection, context }: Session,
  { player }: Extract<Phase, { name: 'player' }>,
): PlayerJoined {
  const { room, clientId } = player;
  return { serverCode: room.serverCode, clientId, address: connection.remoteAddress, context };
}

/** A connected peer, as it is found among all others; asked again it tells how the peer is now. */
import type { Player } from '../rooms/player.js';
import { type Who, whoIn } from '../session/ending-report.js';
import type { Session } from '../session/session.js';

/** What is undefined is unknown, as of a player of a room here who is connected to another node, or away. */
export interface Located {
  /** The texts are the peer's own: escape them for where they are shown. Nothing if it has not logged in. */
  readonly who: Who;
  readonly address: string | undefined;
  readonly connection: number | undefined;
  readonly isGone: boolean;
  /** Whether its seat waits for it. */
  readonly isAway: boolean;
  /** Milliseconds. */
  readonly roundTrip: number | undefined;
}

export class LocatedHere implements Located {
  readonly isAway = false;
  readonly who: Who;

  constructor(private readonly session: Session) {
    this.who = whoIn(session.phase);
  }

  get address(): string {
    return this.session.connection.remoteAddress;
  }

  get connection(): number {
    return this.session.connection.id;
  }

  get isGone(): boolean {
    return this.session.isEnded;
  }

  get roundTrip(): number | undefined {
    return this.session.connection.lastRoundTrip;
  }
}

export class LocatedElsewhere implements Located {
  readonly who: Who;
  readonly address = undefined;
  readonly connection = undefined;
  readonly roundTrip = undefined;

  constructor(private readonly player: Player) {
    const { room, clientId } = player;
    this.who = { role: 'player', serverCode: room.serverCode, clientId };
  }

  get isAway(): boolean {
    return this.player.isAway;
  }

  get isGone(): boolean {
    return !this.player.room.players.has(this.player);
  }
}

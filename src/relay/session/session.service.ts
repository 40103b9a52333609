/** Opens sessions, logs them in and ends them, and tells hosts about their players. */
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { Backbone } from './backbone.js';
import type { Claim } from '../rooms/claim.js';
import type { Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import type { Room } from '../rooms/room.js';
import { Seats } from '../seats/seats.js';
import { Admission } from './admission.js';
import { close, formerOf, keepsPlace, keepsSeat } from './closing.js';
import type { Connection } from './connection.js';
import { Elsewhere } from './elsewhere.js';
import type { LoginOfHost, LoginOfPlayer } from './login.js';
import { SessionEvents } from './session-events.js';
import { type Phase, Session, type SessionOwner } from './session.js';
import { isFreed } from './silent-host.js';

@Injectable()
export class SessionService implements SessionOwner {
  private readonly elsewhere: Elsewhere;

  constructor(
    private readonly rooms: RoomDirectory,
    private readonly admission: Admission,
    private readonly events: SessionEvents,
    private readonly backbone: Backbone,
    private readonly options: RelayOptions,
    private readonly seats: Seats,
  ) {
    this.elsewhere = new Elsewhere(backbone, seats, options);
  }

  open(connection: Connection): Session {
    return new Session(connection, this);
  }

  /** Makes the session the host of the code. Returns its room, or why not. */
  async loginHost(session: Session, login: LoginOfHost): Promise<Room | Ending> {
    const { serverCode } = login;
    session.phase = { name: 'logging-in', role: 'host', serverCode };
    const found = this.rooms.find(serverCode);
    const isHere = found !== undefined && this.seats.hosts.isOwner(found, login.asked);
    const refused = isHere ? undefined : this.admission.refuseHost(session, login);
    if (refused !== undefined) return refused;
    const { probeHost } = this.options;
    if (found !== undefined && !isHere && !(await isFreed(found, this.rooms, probeHost))) return 'code-taken';
    const owns = found === undefined && this.elsewhere.isOwner(login);
    const isElsewhere = owns instanceof Promise ? await owns : owns;
    const refusal = await this.admission.authorizeHost(session, login, isHere || isElsewhere);
    if (refusal !== undefined) return refusal;
    let room = this.takeBack(session, login);
    if (room === undefined) {
      const claim = this.claim(login, isElsewhere);
      room = this.openRoom(session, login, claim instanceof Promise ? await claim : claim);
    }
    if (typeof room === 'string') return room;
    this.enter(session, { name: 'host', room });
    return room;
  }

  /** Seats the session in the room of the code. Returns the player, or why not. */
  async loginPlayer(session: Session, login: LoginOfPlayer): Promise<Player | Ending> {
    const { serverCode, clientId } = login;
    session.phase = { name: 'logging-in', role: 'player', serverCode, clientId };
    const question = this.admission.ask(session, login);
    if (question.wait > 0) return 'too-many-failed-logins-of-address';
    let answer: Player | Ending = 'internal-error';
    try {
      answer = await this.admitPlayer(session, login);
      return answer;
    } finally {
      question.settle(answer === 'no-such-code');
    }
  }

  /** Ends a session whose login failed. */
  refuse(session: Session, ending: Ending): void {
    const last = session.phase;
    if (last.name === 'ended') return;
    const measures = session.connection.measure();
    close(session, ending);
    this.events.refused(session, ending, last, measures);
  }

  /** Ends a session, with all that follows for its room. Safe to call again: the first ending counts. */
  end(session: Session, ending: Ending): void {
    const last = session.phase;
    if (last.name === 'ended') return;
    if (ending === 'left' && last.name === 'awaiting-login') ending = 'left-before-login';
    const measures = session.connection.measure();
    close(session, ending);
    const stays = keepsPlace(this.seats, session, last, ending);
    this.events.ended(session, ending, last, measures, stays);
    if (!stays) this.leaveRoom(session, last, ending);
  }

  /** Ends a session because of an error of ours, which is reported whole (E9). */
  fail(session: Session, error: unknown): void {
    this.events.failed(session, error);
    this.end(session, 'internal-error');
  }

  private takeBack(session: Session, { serverCode, asked }: LoginOfHost): Room | Ending | undefined {
    const room = this.rooms.find(serverCode);
    if (room === undefined || asked === undefined || !this.seats.hosts.isOwner(room, asked)) return undefined;
    if (!room.claim.admits) return 'backbone-away';
    // What it has missed would be lost with it.
    if (session.connection.isOver) return 'left';
    const self = formerOf(session, 'replaced');
    session.hasReturned = this.seats.hosts.takeBack(room, session, asked, self);
    return session.hasReturned ? room : undefined;
  }

  /** @param returns whether another node has the host's own room. */
  private claim(login: LoginOfHost, returns: boolean): Claim | Ending | Promise<Claim | Ending> {
    if (isReached(this.options.maxRooms, this.rooms.size)) return 'too-many-rooms';
    return this.elsewhere.claim(login, returns);
  }

  private openRoom(
    session: Session,
    { serverCode, asked }: LoginOfHost,
    claim: Claim | Ending,
  ): Room | Ending {
    if (typeof claim === 'string') return claim;
    // Another node may have been asked, and meanwhile much may have happened.
    const refusal = session.ending ?? (claim.admits ? undefined : 'backbone-away');
    const room = refusal === undefined ? this.rooms.claim(serverCode, session, claim) : undefined;
    if (room === undefined) {
      claim.release();
      return refusal ?? 'code-taken';
    }
    this.seats.hosts.open(room, session, asked);
    return room;
  }

  private async admitPlayer(session: Session, login: LoginOfPlayer): Promise<Player | Ending> {
    const { serverCode } = login;
    // Whether another node holds it is asked last: that costs more than all the rest.
    const found = this.rooms.find(serverCode);
    if (found === undefined && !this.backbone.isShared) return 'no-such-code';
    const own = found === undefined ? this.elsewhere.own(login) : this.seats.players.find(found, login);
    const returns = typeof own === 'object';
    const refusal = await this.admission.authorizePlayer(session, login, returns);
    if (refusal !== undefined) return refusal;
    // The host may have left while the backend was asked.
    const room = this.rooms.find(serverCode);
    const player =
      room === undefined ? await this.joinElsewhere(session, login) : this.seat(room, session, login);
    if (typeof player === 'string') return player;
    this.enter(session, { name: 'player', player });
    return player;
  }

  private seat(room: Room, session: Session, login: LoginOfPlayer): Player | Ending {
    if (!room.claim.admits) return 'backbone-away';
    const { players } = this.seats;
    const own = players.find(room, login);
    if (typeof own === 'string') return own;
    // A peer that is gone before its login is answered takes nothing, as with a host.
    if (own !== undefined && session.connection.isOver) return 'left';
    const wasElsewhere = own?.peer.isElsewhere === true;
    const taken = own && players.take(own, session, login);
    session.hasReturned = taken !== undefined && !wasElsewhere;
    if (taken !== undefined) return taken;
    if (isReached(this.options.maxPlayersPerRoom, room.players.size)) return 'room-full';
    return players.join(room, session, login);
  }

  private async joinElsewhere(session: Session, login: LoginOfPlayer): Promise<Player | Ending> {
    const player = await this.elsewhere.join(session, login);
    const gone = session.ending;
    if (typeof player === 'string') {
      // Its host may have got the code here while the other nodes were asked.
      const room = gone === undefined ? this.rooms.find(login.serverCode) : undefined;
      return room === undefined ? player : this.seat(room, session, login);
    }
    if (gone === undefined) return player;
    if (!keepsSeat(this.seats, session, player, gone)) player.room.leave(player, session);
    return gone;
  }

  private enter(session: Session, phase: Phase): void {
    session.phase = phase;
    session.loggedInAt = performance.now();
    this.events.loggedIn(session);
  }

  private leaveRoom(session: Session, last: Phase, ending: Ending): void {
    if (last.name === 'host') this.rooms.close(last.room, ending);
    else if (last.name === 'player') last.player.room.leave(last.player, session);
  }
}

/** Whether a limit allows no more; 0 disables it. */
function isReached(limit: number, count: number): boolean {
  return limit > 0 && count >= limit;
}

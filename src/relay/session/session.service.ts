/** Opens sessions, logs them in and ends them, and tells hosts about their players. */
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { Backbone } from './backbone.js';
import { ENDINGS, type Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import type { Room } from '../rooms/room.js';
import { Admission } from './admission.js';
import type { Connection } from './connection.js';
import type { LoginOfHost, LoginOfPlayer } from './login.js';
import { SessionEvents } from './session-events.js';
import { type Phase, Session, type SessionOwner } from './session.js';

@Injectable()
export class SessionService implements SessionOwner {
  constructor(
    private readonly rooms: RoomDirectory,
    private readonly admission: Admission,
    private readonly events: SessionEvents,
    private readonly backbone: Backbone,
    private readonly options: RelayOptions,
  ) {}

  open(connection: Connection): Session {
    return new Session(connection, this);
  }

  /** Makes the session the host of the code. Returns its room, or why not. */
  async loginHost(session: Session, login: LoginOfHost): Promise<Room | Ending> {
    const { serverCode } = login;
    session.phase = { name: 'logging-in', role: 'host', serverCode };
    const refused = this.admission.refuseHost(session, login);
    if (refused !== undefined) return refused;
    if (this.rooms.find(serverCode) !== undefined) return 'code-taken';
    const refusal = await this.admission.authorizeHost(session, login);
    if (refusal !== undefined) return refusal;
    const room = await this.openRoom(session, serverCode);
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
    this.events.ended(session, ending, last, measures);
    this.leaveRoom(session, last, ending);
  }

  /** Ends a session because of an error of ours, which is reported whole (E9). */
  fail(session: Session, error: unknown): void {
    this.events.failed(session, error);
    this.end(session, 'internal-error');
  }

  private async openRoom(session: Session, serverCode: string): Promise<Room | Ending> {
    if (isReached(this.options.maxRooms, this.rooms.size)) return 'too-many-rooms';
    const answer = this.backbone.claim(serverCode);
    const claim = answer instanceof Promise ? await answer : answer;
    if (typeof claim === 'string') return claim;
    // Another node may have been asked, and meanwhile much may have happened.
    const refusal = session.ending ?? (claim.admits ? undefined : 'backbone-away');
    const room = refusal === undefined ? this.rooms.claim(serverCode, session, claim) : undefined;
    if (room !== undefined) return room;
    claim.release();
    return refusal ?? 'code-taken';
  }

  private async admitPlayer(session: Session, login: LoginOfPlayer): Promise<Player | Ending> {
    const { serverCode, clientId } = login;
    // Whether another node holds it is asked last: that costs more than all the rest.
    if (this.rooms.find(serverCode) === undefined && !this.backbone.isShared) return 'no-such-code';
    const refusal = await this.admission.authorizePlayer(session, login);
    if (refusal !== undefined) return refusal;
    // The host may have left while the backend was asked.
    const room = this.rooms.find(serverCode);
    const player =
      room === undefined
        ? await this.joinElsewhere(session, serverCode, clientId)
        : this.seat(room, session, clientId);
    if (typeof player === 'string') return player;
    this.enter(session, { name: 'player', player });
    return player;
  }

  private seat(room: Room, session: Session, clientId: string): Player | Ending {
    if (!room.claim.admits) return 'backbone-away';
    if (isReached(this.options.maxPlayersPerRoom, room.players.size)) return 'room-full';
    return room.join(clientId, session);
  }

  private async joinElsewhere(
    session: Session,
    serverCode: string,
    clientId: string,
  ): Promise<Player | Ending> {
    const player = await this.backbone.join(serverCode, clientId, session);
    const gone = session.ending;
    if (typeof player === 'string') {
      // Its host may have got the code here while the other nodes were asked.
      const room = gone === undefined ? this.rooms.find(serverCode) : undefined;
      return room === undefined ? player : this.seat(room, session, clientId);
    }
    if (gone === undefined) return player;
    player.room.leave(player, session);
    return gone;
  }

  private enter(session: Session, phase: Phase): void {
    session.phase = phase;
    session.loggedInAt = performance.now();
    this.events.loggedIn(session);
  }

  private leaveRoom(session: Session, last: Phase, ending: Ending): void {
    if (last.name === 'host' && last.room.host === session) {
      this.rooms.release(last.room);
      // What the host said in this very turn still reaches its players (E3).
      last.room.broadcast.flush();
      for (const player of last.room.players) player.peer.end(ending === 'shutdown' ? ending : 'host-left');
    } else if (last.name === 'player') {
      last.player.room.leave(last.player, session);
    }
  }
}

function close(session: Session, ending: Ending): void {
  session.phase = { name: 'ended', ending };
  const { cut, status } = ENDINGS[ending];
  if (cut) session.connection.cut();
  else session.connection.close(status);
}

/** Whether a limit allows no more; 0 disables it. */
function isReached(limit: number, count: number): boolean {
  return limit > 0 && count >= limit;
}

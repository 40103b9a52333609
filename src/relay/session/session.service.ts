/** Opens sessions, logs them in and ends them, and tells hosts about their players. */
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../config/relay-options.js';
import { Backbone } from './backbone.js';
import type { Claim } from '../rooms/claim.js';
import { ENDINGS, type Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import type { Room } from '../rooms/room.js';
import type { Former } from '../seats/arrival.js';
import { Seats } from '../seats/seats.js';
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
    private readonly seats: Seats,
  ) {}

  open(connection: Connection): Session {
    return new Session(connection, this);
  }

  /** Makes the session the host of the code. Returns its room, or why not. */
  async loginHost(session: Session, login: LoginOfHost): Promise<Room | Ending> {
    const { serverCode } = login;
    session.phase = { name: 'logging-in', role: 'host', serverCode };
    const found = this.rooms.find(serverCode);
    const returns = found !== undefined && this.seats.hosts.isOwner(found, login.asked);
    const refused = returns ? undefined : this.admission.refuseHost(session, login);
    if (refused !== undefined) return refused;
    if (found !== undefined && !returns && !(await this.isFreed(found))) return 'code-taken';
    const refusal = await this.admission.authorizeHost(session, login, returns);
    if (refusal !== undefined) return refusal;
    let room = this.takeBack(session, login);
    if (room === undefined) {
      const claim = this.claim(serverCode);
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
    const stays = this.keepsPlace(session, last, ending);
    this.events.ended(session, ending, last, measures, stays);
    if (!stays) this.leaveRoom(session, last, ending);
  }

  /** Ends a session because of an error of ours, which is reported whole (E9). */
  fail(session: Session, error: unknown): void {
    this.events.failed(session, error);
    this.end(session, 'internal-error');
  }

  /** The code's host is silent, and found to be gone: whether nothing holds the code any more (R39). */
  private async isFreed({ serverCode, host }: Room): Promise<boolean> {
    const { probeHost } = this.options;
    if (probeHost === 0 || !(host instanceof Session)) return false;
    if (await host.connection.probe(probeHost)) host.end('missed-heartbeat');
    return this.rooms.find(serverCode) === undefined;
  }

  private takeBack(session: Session, { serverCode, asked }: LoginOfHost): Room | Ending | undefined {
    const room = this.rooms.find(serverCode);
    if (room === undefined || asked === undefined || !this.seats.hosts.isOwner(room, asked)) return undefined;
    if (!room.claim.admits) return 'backbone-away';
    const self = formerly(session, 'replaced');
    session.hasReturned = this.seats.hosts.takeBack(room, session, asked, self);
    return session.hasReturned ? room : undefined;
  }

  private claim(serverCode: string): Claim | Ending | Promise<Claim | Ending> {
    if (isReached(this.options.maxRooms, this.rooms.size)) return 'too-many-rooms';
    return this.backbone.claim(serverCode);
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
    const returns = found !== undefined && typeof this.seats.players.find(found, login) === 'object';
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
    const taken = own && players.take(own, session, login);
    session.hasReturned = taken !== undefined;
    if (taken !== undefined) return taken;
    if (isReached(this.options.maxPlayersPerRoom, room.players.size)) return 'room-full';
    return players.join(room, session, login);
  }

  private async joinElsewhere(session: Session, login: LoginOfPlayer): Promise<Player | Ending> {
    const { serverCode, clientId } = login;
    const player = await this.backbone.join(serverCode, clientId, session);
    const gone = session.ending;
    if (typeof player === 'string') {
      // Its host may have got the code here while the other nodes were asked.
      const room = gone === undefined ? this.rooms.find(serverCode) : undefined;
      return room === undefined ? player : this.seat(room, session, login);
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

  /** Whether the session's place is not given up with it: another peer has it, or it waits for a return (R10). */
  private keepsPlace(session: Session, last: Phase, ending: Ending): boolean {
    const isLost = isLoss(session, ending);
    const former = formerly(session, ending);
    if (last.name === 'player') {
      if (last.player.peer !== session) return true;
      return isLost && this.seats.players.lose(last.player, former);
    }
    if (last.name !== 'host') return false;
    return last.room.host !== session || (isLost && this.seats.hosts.lose(last.room, former));
  }

  private leaveRoom(session: Session, last: Phase, ending: Ending): void {
    if (last.name === 'host') this.rooms.close(last.room, ending);
    else if (last.name === 'player') last.player.room.leave(last.player, session);
  }
}

/** Who has asked learns why the relay ends its connection; all others see a silent close (R5, E5). */
const TOLD = 4000;

function close(session: Session, ending: Ending): void {
  session.phase = { name: 'ended', ending };
  const { cut, status } = ENDINGS[ending];
  if (cut) session.connection.cut();
  else if (session.hasAsked && status === undefined) session.connection.close(TOLD, ending);
  else session.connection.close(status);
}

function formerly({ connection, context }: Session, ending: Ending): Former {
  return { address: connection.remoteAddress, context, ending };
}

/** Whether the peer may not even know of it, and come back; any other way to end is to leave (R10). */
function isLoss({ connection }: Session, ending: Ending): boolean {
  return ENDINGS[ending].byNetwork === true || (ending === 'left' && !connection.hasSaidGoodbye);
}

/** Whether a limit allows no more; 0 disables it. */
function isReached(limit: number, count: number): boolean {
  return limit > 0 && count >= limit;
}

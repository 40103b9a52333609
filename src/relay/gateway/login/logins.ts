/** What a granted login makes of a connection: where its messages go, and which limits it has. */
import { isUtf8 } from 'node:buffer';
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../../config/relay-options.js';
import { isOrder, orderError } from '../../protocol/relay-words.js';
import type { Violation } from '../../protocol/violation.js';
import type { Player } from '../../rooms/player.js';
import type { Room } from '../../rooms/room.js';
import type { Stream } from '../../rooms/streams/stream.js';
import { RoutingService } from '../../routing/routing.service.js';
import { Traffic } from '../../routing/traffic.js';
import { LoginRefused } from '../../session/login-refused.js';
import { SessionService } from '../../session/session.service.js';
import { Connections } from '../connection/connections.js';
import { EventLoopTurn } from '../connection/event-loop-turn.js';
import type { MessageSink } from '../connection/message-sink.js';
import type { SocketConnection } from '../connection/socket-connection.js';
import { type RoleLimits, hostLimits, playerLimits } from '../connection/watch.js';
import { digestOf } from './digest.js';
import { FailedLogin } from './failed-login.js';
import type { LoginAttempt } from './login-attempt.js';
import type { LoginClientDto, LoginServerDto } from './login.dto.js';

/** What a copy of a message costs the relay beside its bytes, in bytes (A21). */
const COPY_COST = 64;

@Injectable()
export class Logins {
  private readonly hostLimits: RoleLimits;
  private readonly playerLimits: RoleLimits;

  constructor(
    private readonly sessions: SessionService,
    private readonly routing: RoutingService,
    private readonly connections: Connections,
    private readonly turn: EventLoopTurn,
    private readonly traffic: Traffic,
    private readonly options: RelayOptions,
  ) {
    this.hostLimits = hostLimits(options);
    this.playerLimits = playerLimits(options);
  }

  /** @throws {LoginRefused} */
  async host(attempt: LoginAttempt, { server_code: serverCode, $relay }: LoginServerDto): Promise<void> {
    attempt.isAtRelay = true;
    const { connection, session, credentials } = attempt;
    const asked = $relay && { ...$relay, key: digestOf($relay.key) };
    const room = granted(await this.sessions.loginHost(session, { serverCode, credentials, asked }));
    this.connections.loggedIn(connection);
    const sink = this.fromHost(connection, room);
    connection.become({
      limits: this.hostLimits,
      fanoutByteRate: this.options.fanoutByteRate,
      roundTrips: this.traffic.host.roundTrips,
      sink: asked ? counted(room.hostSeat?.stream, this.fromAskingHost(room, sink)) : sink,
      senders: room,
    });
  }

  /** @throws {LoginRefused} */
  async player(attempt: LoginAttempt, login: LoginClientDto): Promise<void> {
    attempt.isAtRelay = true;
    const { connection, session, credentials } = attempt;
    const { server_code: serverCode, client_id: clientId, $relay } = login;
    const asked = $relay && { ...$relay, key: digestOf($relay.key) };
    const player = granted(
      await this.sessions.loginPlayer(session, { serverCode, clientId, credentials, asked }),
    );
    this.connections.loggedIn(connection);
    connection.become({
      limits: this.playerLimits,
      fanoutByteRate: 0,
      roundTrips: this.traffic.player.roundTrips,
      sink: counted(player.seat?.stream, this.fromPlayer(player)),
    });
  }

  /** @throws {LoginRefused} if what came is not a login, or what a login has thrown. */
  refuse(message: unknown): never {
    if (message instanceof FailedLogin) throw message.error;
    throw new LoginRefused(typeof message === 'string' ? (message as Violation) : 'bad-login');
  }

  private fromHost(connection: SocketConnection, room: Room): MessageSink {
    return (payload, isBinary) => {
      if (!isBinary && !isUtf8(payload)) return 'protocol-error';
      const receivers = this.routing.deliver(room, payload, isBinary);
      connection.watch.countFanout(receivers * (payload.length + COPY_COST));
      this.turn.spend(receivers);
      return undefined;
    };
  }

  /** A host that has not asked may send the same bytes to its players (R6). */
  private fromAskingHost(room: Room, deliver: MessageSink): MessageSink {
    return (payload, isBinary) => {
      if (isBinary || !isOrder(payload)) return deliver(payload, isBinary);
      if (!isUtf8(payload)) return 'protocol-error';
      room.host.send(orderError(payload));
      return undefined;
    };
  }

  private fromPlayer(player: Player): MessageSink {
    return (payload) => this.routing.forward(player, payload);
  }
}

/** Counts what is taken of a peer that may come back (R16). */
function counted(stream: Stream | undefined, sink: MessageSink): MessageSink {
  if (stream === undefined) return sink;
  return (payload, isBinary) => {
    stream.taken++;
    return sink(payload, isBinary);
  };
}

function granted<T extends object>(answer: T | LoginRefused['ending']): T {
  if (typeof answer === 'string') throw new LoginRefused(answer);
  return answer;
}

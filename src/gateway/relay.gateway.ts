/** The front door: raw connections come in, logins go to the SessionService, messages to the RoutingService. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { UseFilters, UseInterceptors } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import { RelayOptions } from '../config/relay-options.js';
import { LoggingInterceptor } from '../logging/logging.interceptor.js';
import { SilentFilter } from '../logging/silent.filter.js';
import type { Violation } from '../protocol/violation.js';
import { EventLoopTurn } from '../routing/event-loop-turn.js';
import { RoutingService } from '../routing/routing.service.js';
import { LoginRefused } from '../session/login-refused.js';
import { SessionService } from '../session/session.service.js';
import { FrameTap } from './frame-tap.js';
import { NO_LOGIN } from './login-door.js';
import { LoginClientDto, LoginServerDto, validLogin } from './login.dto.js';
import { RelaySocket } from './relay-socket.js';
import { SocketConnection } from './socket-connection.js';

/** By this path, which no request can have, the relay's adapter knows the relay's gateway. */
export const RELAY_GATEWAY_PATH = '*';

@WebSocketGateway({ path: RELAY_GATEWAY_PATH })
@UseInterceptors(LoggingInterceptor)
@UseFilters(SilentFilter)
export class RelayGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    private readonly sessions: SessionService,
    private readonly routing: RoutingService,
    private readonly turn: EventLoopTurn,
    private readonly options: RelayOptions,
  ) {}

  handleConnection(socket: RelaySocket, { socket: stream }: IncomingMessage): void {
    const connection = new SocketConnection(socket, stream, stream.remoteAddress ?? '', this.turn);
    socket.session = this.sessions.open(connection);
    socket.tap = new FrameTap(socket, stream, this.options.maxMessageSize);
  }

  handleDisconnect(socket: RelaySocket): void {
    socket.session.end('left');
  }

  // The parameters have no class of their own here: a global ValidationPipe of the embedding backend would
  // apply its rules to it, where only ours may count.
  @SubscribeMessage('login_server')
  async loginServer(
    @ConnectedSocket() socket: RelaySocket,
    @MessageBody(validLogin(LoginServerDto)) login: object,
  ): Promise<void> {
    const { server_code } = login as LoginServerDto;
    const room = granted(await this.sessions.loginHost(socket.session, server_code));
    socket.handTo((payload, isBinary) => {
      if (!isBinary && !isUtf8(payload)) return 'protocol-error';
      return this.routing.deliver(room, payload, isBinary);
    });
  }

  @SubscribeMessage('login_client')
  async loginClient(
    @ConnectedSocket() socket: RelaySocket,
    @MessageBody(validLogin(LoginClientDto)) login: object,
  ): Promise<void> {
    const { server_code, client_id } = login as LoginClientDto;
    const player = granted(await this.sessions.loginPlayer(socket.session, server_code, client_id));
    socket.handTo((payload) => this.routing.forward(player, payload));
  }

  /** Whatever else a connection begins with is refused in the same pipeline, where it is seen and logged. */
  @SubscribeMessage(NO_LOGIN)
  refuse(@MessageBody() message: unknown): never {
    throw new LoginRefused(typeof message === 'string' ? (message as Violation) : 'bad-login');
  }
}

function granted<T extends object>(answer: T | LoginRefused['ending']): T {
  if (typeof answer === 'string') throw new LoginRefused(answer);
  return answer;
}

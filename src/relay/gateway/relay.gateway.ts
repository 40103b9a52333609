/** Where Nest hands over raw connections and logins. What is decided about them is decided elsewhere. */
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
import { LoggingInterceptor } from '../logging/logging.interceptor.js';
import { SilentFilter } from '../logging/silent.filter.js';
import { Connections } from './connection/connections.js';
import type { SocketConnection } from './connection/socket-connection.js';
import type { LoginAttempt } from './login/login-attempt.js';
import { NO_LOGIN } from './login/login-pipelines.js';
import { LoginClientDto, LoginPipe, LoginServerDto } from './login/login.dto.js';
import { Logins } from './login/logins.js';
import { HostWishes, PlayerWishes } from './login/wishes.dto.js';

/** By this path, which no request can have, the relay's adapter knows the relay's gateway. */
export const RELAY_GATEWAY_PATH = '*';

@WebSocketGateway({ path: RELAY_GATEWAY_PATH })
@UseInterceptors(LoggingInterceptor)
@UseFilters(SilentFilter)
export class RelayGateway implements OnGatewayConnection, OnGatewayDisconnect {
  constructor(
    private readonly connections: Connections,
    private readonly logins: Logins,
  ) {}

  handleConnection(connection: SocketConnection, request: IncomingMessage): void {
    this.connections.open(connection, request);
  }

  handleDisconnect(connection: SocketConnection): void {
    this.connections.closed(connection);
  }

  // The messages have no class here: where the backend's globals run on logins, a ValidationPipe would
  // apply its rules to it, where only ours may count.
  @SubscribeMessage('login_server')
  loginServer(
    @ConnectedSocket() attempt: LoginAttempt,
    @MessageBody(new LoginPipe(LoginServerDto, HostWishes)) login: object,
  ): Promise<void> {
    return this.logins.host(attempt, login as LoginServerDto);
  }

  @SubscribeMessage('login_client')
  loginClient(
    @ConnectedSocket() attempt: LoginAttempt,
    @MessageBody(new LoginPipe(LoginClientDto, PlayerWishes)) login: object,
  ): Promise<void> {
    return this.logins.player(attempt, login as LoginClientDto);
  }

  /** Whatever else a connection begins with is refused in the same pipeline, where it is seen and logged. */
  @SubscribeMessage(NO_LOGIN)
  refuse(@MessageBody() violation: unknown): never {
    this.logins.refuse(violation);
  }
}

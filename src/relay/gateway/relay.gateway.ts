/** The front door: raw connections come in, logins go to the SessionService, messages to the RoutingService. */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type OnModuleDestroy, UseFilters, UseInterceptors } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
} from '@nestjs/websockets';
import { FIXED } from '../../config/fixed-limits.js';
import { RelayOptions } from '../../config/relay-options.js';
import { ClientAddresses } from '../limits/client-addresses.js';
import { LoggingInterceptor } from '../logging/logging.interceptor.js';
import { RelayLog } from '../logging/relay-log.js';
import { SilentFilter } from '../logging/silent.filter.js';
import type { Violation } from '../protocol/violation.js';
import { EventLoopTurn } from './connection/event-loop-turn.js';
import { RoutingService } from '../routing/routing.service.js';
import { Traffic } from '../routing/traffic.js';
import { LoginRefused } from '../session/login-refused.js';
import { SessionService } from '../session/session.service.js';
import { FrameTap } from './node-internals/frame-tap.js';
import { NO_LOGIN } from './login/login-door.js';
import { LoginClientDto, LoginPipe, LoginServerDto } from './login/login.dto.js';
import { PendingLogins } from './login/pending-logins.js';
import { RelayServer } from './upgrade/relay-server.js';
import { RelaySocket } from './connection/relay-socket.js';
import { SocketConnection } from './connection/socket-connection.js';
import { type RoleLimits, Watch, hostLimits, playerLimits } from './connection/watch.js';

/** By this path, which no request can have, the relay's adapter knows the relay's gateway. */
export const RELAY_GATEWAY_PATH = '*';

@WebSocketGateway({ path: RELAY_GATEWAY_PATH })
@UseInterceptors(LoggingInterceptor)
@UseFilters(SilentFilter)
export class RelayGateway implements OnGatewayConnection, OnGatewayDisconnect, OnModuleDestroy {
  @WebSocketServer()
  private readonly server: RelayServer | undefined;
  private readonly hostLimits: RoleLimits;
  private readonly playerLimits: RoleLimits;
  private readonly pending: PendingLogins;

  constructor(
    private readonly sessions: SessionService,
    private readonly routing: RoutingService,
    private readonly turn: EventLoopTurn,
    private readonly addresses: ClientAddresses,
    private readonly options: RelayOptions,
    private readonly log: RelayLog,
    private readonly traffic: Traffic,
  ) {
    this.hostLimits = hostLimits(options);
    this.playerLimits = playerLimits(options);
    this.pending = new PendingLogins(FIXED.maxPendingLogins);
  }

  /** All connections that are open now. */
  get sockets(): ReadonlySet<RelaySocket> {
    return this.server?.clients ?? NOBODY;
  }

  handleConnection(socket: RelaySocket, request: IncomingMessage): void {
    let address = request.socket.remoteAddress ?? '';
    try {
      address = this.addresses.of(request);
      this.open(socket, request, address);
    } catch (error) {
      // Nest would let it end the process.
      this.log.failedToOpen(address, error);
      socket.terminate();
    }
  }

  private open(socket: RelaySocket, request: IncomingMessage, address: string): void {
    const { options, turn } = this;
    const { socket: stream } = request;
    const connection = new SocketConnection(socket, stream, address, options, turn);
    const { origin, 'user-agent': program } = request.headers;
    connection.isNameless = origin === undefined && program === undefined;
    socket.assemble({
      request,
      connection,
      session: this.sessions.open(connection),
      watch: new Watch(stream, options),
      tap: new FrameTap(socket, stream, options.maxMessageSize, turn),
    });
    this.pending.add(socket);
  }

  /** Before the backend stops its HTTP server, as some of its modules do who end all connections then (E8). */
  async onModuleDestroy(): Promise<void> {
    // In an application without HTTP the server is none of ours.
    if (this.server instanceof RelayServer) await this.server.shutdown();
  }

  handleDisconnect(socket: RelaySocket): void {
    this.pending.delete(socket);
    socket.left();
  }

  // The parameters have no class of their own here: where the backend's globals run on logins, a ValidationPipe would
  // apply its rules to it, where only ours may count.
  @SubscribeMessage('login_server')
  async loginServer(
    @ConnectedSocket() socket: RelaySocket,
    @MessageBody(new LoginPipe(LoginServerDto)) login: object,
  ): Promise<void> {
    socket.isAtRelay = true;
    const { server_code } = login as LoginServerDto;
    const room = granted(await this.sessions.loginHost(socket.session, server_code, socket.credentials));
    this.pending.delete(socket);
    socket.begin(this.hostLimits, this.options.fanoutByteRate, this.traffic.host, (payload, isBinary) => {
      if (!isBinary && !isUtf8(payload)) return 'protocol-error';
      const receivers = this.routing.deliver(room, payload, isBinary);
      socket.watch.countFanout(receivers * (payload.length + COPY_COST));
      this.turn.spend(receivers);
      return undefined;
    });
  }

  @SubscribeMessage('login_client')
  async loginClient(
    @ConnectedSocket() socket: RelaySocket,
    @MessageBody(new LoginPipe(LoginClientDto)) login: object,
  ): Promise<void> {
    socket.isAtRelay = true;
    const { server_code, client_id } = login as LoginClientDto;
    const { session, credentials } = socket;
    const player = granted(await this.sessions.loginPlayer(session, server_code, client_id, credentials));
    this.pending.delete(socket);
    socket.begin(this.playerLimits, 0, this.traffic.player, (payload) =>
      this.routing.forward(player, payload),
    );
  }

  /** Whatever else a connection begins with is refused in the same pipeline, where it is seen and logged. */
  @SubscribeMessage(NO_LOGIN)
  refuse(@MessageBody() message: unknown): never {
    throw new LoginRefused(typeof message === 'string' ? (message as Violation) : 'bad-login');
  }
}

/** What a copy of a message costs the relay beside its bytes, as so many bytes (A21). */
const COPY_COST = 64;

const NOBODY: ReadonlySet<RelaySocket> = new Set();

function granted<T extends object>(answer: T | LoginRefused['ending']): T {
  if (typeof answer === 'string') throw new LoginRefused(answer);
  return answer;
}

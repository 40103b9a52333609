/** All connections of the relay, from their upgrade to their close. */
import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { FIXED } from '../../../config/fixed-limits.js';
import { RelayOptions } from '../../../config/relay-options.js';
import { ClientAddresses } from '../../limits/client-addresses.js';
import { RelayLog } from '../../logging/relay-log.js';
import { SessionService } from '../../session/session.service.js';
import { LoginAttempt } from '../login/login-attempt.js';
import { loginDoor } from '../login/login-door.js';
import { LoginPipelines } from '../login/login-pipelines.js';
import { PendingLogins } from '../login/pending-logins.js';
import type { RelayServer } from '../upgrade/relay-server.js';
import { EventLoopTurn } from './event-loop-turn.js';
import { Pulse } from './pulse.js';
import type { RelaySocket } from './relay-socket.js';
import { SocketConnection } from './socket-connection.js';

@Injectable()
export class Connections implements OnModuleDestroy {
  private readonly bySocket = new Map<RelaySocket, SocketConnection>();
  private readonly pending: PendingLogins;
  private server: RelayServer | undefined;
  private pulse: Pulse | undefined;
  private ended: Promise<void> | undefined;

  constructor(
    private readonly sessions: SessionService,
    private readonly pipelines: LoginPipelines,
    private readonly turn: EventLoopTurn,
    private readonly addresses: ClientAddresses,
    private readonly options: RelayOptions,
    private readonly log: RelayLog,
  ) {
    this.pending = new PendingLogins(FIXED.maxPendingLogins);
  }

  /** Those that are open now. */
  get all(): Iterable<SocketConnection> {
    return this.bySocket.values();
  }

  /** The server whose sockets will be opened; an application without HTTP has none. */
  serve(server: RelayServer): void {
    this.server = server;
    this.pulse = new Pulse(this, this.options);
  }

  /** Listens to the socket at once: an `await` before that would lose messages. */
  open(socket: RelaySocket, request: IncomingMessage): void {
    let address = request.socket.remoteAddress ?? '';
    try {
      address = this.addresses.of(request);
      this.begin(socket, request, address);
    } catch (error) {
      // Nest would let it end the process.
      this.log.failedToOpen(address, error);
      socket.terminate();
    }
  }

  /** The connection has logged in, and makes room for another one that has not. */
  loggedIn(connection: SocketConnection): void {
    this.pending.delete(connection);
  }

  /** The socket is closed. */
  closed(socket: RelaySocket): void {
    const connection = this.bySocket.get(socket);
    this.bySocket.delete(socket);
    if (connection !== undefined) this.pending.delete(connection);
    socket.gone();
  }

  /**
   * Ends every session with `shutdown`. Resolves when the last connection is closed or was cut. Safe to call again.
   */
  shutdown(): Promise<void> {
    this.ended ??= this.endAll();
    return this.ended;
  }

  /** Before the backend stops its HTTP server, as some of its modules do who end all connections then (E8). */
  onModuleDestroy(): Promise<void> {
    return this.shutdown();
  }

  private begin(socket: RelaySocket, request: IncomingMessage, address: string): void {
    const { origin, 'user-agent': program } = request.headers;
    const isNameless = origin === undefined && program === undefined;
    const connection = new SocketConnection(
      ...([socket, request.socket, address, isNameless, this.options, this.turn] as const),
      (opened) => this.sessions.open(opened),
    );
    this.bySocket.set(socket, connection);
    connection.handTo(loginDoor(new LoginAttempt(connection, request), this.pipelines));
    this.pending.add(connection);
  }

  private async endAll(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const connection of this.all) connection.end('shutdown');
    await closed;
    this.pulse?.stop();
  }
}

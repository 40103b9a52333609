/** All connections of the relay, from their upgrade to their close. */
import type { IncomingMessage } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { FIXED } from '../../../config/fixed-limits.js';
import { RelayOptions } from '../../../config/relay-options.js';
import { RelayLog } from '../../logging/relay-log.js';
import { Seats } from '../../seats/seats.js';
import { SessionService } from '../../session/session.service.js';
import { LoginAttempt } from '../login/login-attempt.js';
import { loginDoor } from '../login/login-door.js';
import { LoginPipelines } from '../login/login-pipelines.js';
import { PendingLogins } from '../login/pending-logins.js';
import { EventLoopTurn } from './event-loop-turn.js';
import { Pulse } from './pulse.js';
import { SocketConnection } from './socket-connection.js';

@Injectable()
export class Connections implements OnModuleDestroy {
  private readonly connections = new Set<SocketConnection>();
  private readonly pending: PendingLogins;
  private pulse: Pulse | undefined;
  private ended: Promise<void> | undefined;
  private tellEmpty: (() => void) | undefined;

  constructor(
    private readonly sessions: SessionService,
    private readonly pipelines: LoginPipelines,
    private readonly turn: EventLoopTurn,
    private readonly options: RelayOptions,
    private readonly log: RelayLog,
    private readonly seats: Seats,
  ) {
    this.pending = new PendingLogins(FIXED.maxPendingLogins);
  }

  /** Those that are open now. */
  get all(): Iterable<SocketConnection> {
    return this.connections;
  }

  get size(): number {
    return this.connections.size;
  }

  /** Whether no more are taken. */
  get isClosed(): boolean {
    return this.ended !== undefined;
  }

  /** There will be connections: an application without HTTP has none. */
  serve(): void {
    this.pulse = new Pulse(this, this.options, [this.seats]);
  }

  /** The connection of an upgrade request that was answered. */
  add(request: IncomingMessage, address: string): SocketConnection {
    const { origin, 'user-agent': program } = request.headers;
    const isNameless = origin === undefined && program === undefined;
    const connection = new SocketConnection(
      ...([request.socket, address, isNameless, this.options, this.turn] as const),
      (opened) => this.sessions.open(opened),
    );
    this.connections.add(connection);
    return connection;
  }

  /** Listens to the connection at once: an `await` before that would lose messages. */
  open(connection: SocketConnection, request: IncomingMessage): void {
    try {
      this.begin(connection, request);
    } catch (error) {
      // Nest would let it end the process.
      this.log.failedToOpen(connection.remoteAddress, error);
      request.socket.destroy();
    }
  }

  /** The connection has logged in, and makes room for another one that has not. */
  loggedIn(connection: SocketConnection): void {
    this.pending.delete(connection);
  }

  /** Nothing is left of the connection. */
  closed(connection: SocketConnection): void {
    this.connections.delete(connection);
    this.pending.delete(connection);
    // So that a code is free again at once (L14).
    connection.end('left');
    if (this.size === 0) this.tellEmpty?.();
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

  private begin(connection: SocketConnection, request: IncomingMessage): void {
    connection.begin(loginDoor(new LoginAttempt(connection, request), this.pipelines));
    this.pending.add(connection);
  }

  private async endAll(): Promise<void> {
    const empty = new Promise<void>((resolve) => (this.tellEmpty = resolve));
    for (const connection of this.connections) connection.end('shutdown');
    this.seats.shutdown();
    if (this.size > 0) await empty;
    this.pulse?.stop();
  }
}

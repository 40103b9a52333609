/** The connections that have not logged in, oldest first. */
import type { SocketConnection } from '../connection/socket-connection.js';

/** A peer that opens connections and never logs in ends its own ones, since they are the oldest (A5). */
export class PendingLogins {
  // A set keeps the order in which its elements came.
  private readonly connections = new Set<SocketConnection>();

  /** A `max` of 0 disables the limit. */
  constructor(private readonly max: number) {}

  add(connection: SocketConnection): void {
    this.connections.add(connection);
    if (this.max === 0 || this.connections.size <= this.max) return;
    const [oldest] = this.connections;
    if (oldest === undefined) return;
    this.connections.delete(oldest);
    oldest.end('too-many-pending');
  }

  delete(connection: SocketConnection): void {
    this.connections.delete(connection);
  }
}

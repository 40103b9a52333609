/** The connections that have not logged in, oldest first. */
import type { RelaySocket } from '../connection/relay-socket.js';

/** Whoever opens connections and never logs in ends his own, since they are the oldest (A5). */
export class PendingLogins {
  // A set keeps the order in which its elements came.
  private readonly sockets = new Set<RelaySocket>();

  /** `max` of 0 is no limit. */
  constructor(private readonly max: number) {}

  add(socket: RelaySocket): void {
    this.sockets.add(socket);
    if (this.max === 0 || this.sockets.size <= this.max) return;
    const [oldest] = this.sockets;
    if (oldest === undefined) return;
    this.sockets.delete(oldest);
    oldest.session.end('too-many-pending');
  }

  delete(socket: RelaySocket): void {
    this.sockets.delete(socket);
  }
}

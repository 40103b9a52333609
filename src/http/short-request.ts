/** Requests of a connection from which no more is wanted. */
import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const silenced = new WeakSet<Socket>();

/**
 * Has Node read no further request from the connection, not even what has come in one piece with the last one: 64 KiB
 * are 3,000 requests, and each of them costs more than most messages. The connection ends with the next one.
 */
export function hearNoMore(socket: Socket): void {
  silenced.add(socket);
}

/**
 * Node asks each request whether it is an upgrade before it does anything else with it, and stops reading at one that
 * is. A request after {@link hearNoMore} becomes a CONNECT, for which there is no listener, so that Node closes the connection.
 */
export class ShortRequest extends IncomingMessage {
  private readonly isUnwanted: boolean;
  private isUpgrade = false;

  constructor(socket: Socket) {
    super(socket);
    this.isUnwanted = silenced.has(socket);
  }

  get upgrade(): boolean {
    if (!this.isUnwanted) return this.isUpgrade;
    this.method = 'CONNECT';
    return true;
  }

  set upgrade(isUpgrade: boolean) {
    this.isUpgrade = isUpgrade;
  }
}

/** What Nest takes for the server of the relay's gateway: makes connections of upgrade requests. */
import type { IncomingMessage } from 'node:http';
import type { RelayLog } from '../../logging/relay-log.js';
import type { Connections } from '../connection/connections.js';
import type { SocketConnection } from '../connection/socket-connection.js';
import { responseTo } from '../web-socket/handshake.js';
import type { FrontDoor } from './front-door.js';

type Listener = (connection: SocketConnection, request: IncomingMessage) => void;

export class RelayServer {
  /** Nest's, who tells the gateway. */
  private listener: Listener | undefined;

  constructor(
    private readonly door: FrontDoor,
    private readonly connections: Connections,
    private readonly log: RelayLog,
  ) {}

  get hasListener(): boolean {
    return this.listener !== undefined;
  }

  listen(listener: Listener): void {
    this.listener = listener;
  }

  /** Answers an upgrade request; `head` is what has come behind it. An error of ours meets this request alone (E9). */
  upgrade(request: IncomingMessage, head: Buffer): void {
    try {
      this.open(request, head);
    } catch (error) {
      this.log.failedToOpen(request.socket.remoteAddress ?? '', error);
      request.socket.destroy();
    }
  }

  private open(request: IncomingMessage, head: Buffer): void {
    const { socket: stream } = request;
    if (!this.door.takes(stream)) return;
    const address = this.door.admit(request, this.connections);
    if (address === undefined) return;
    stream.setTimeout(0);
    stream.setNoDelay();
    stream.write(responseTo(request), 'latin1');
    const connection = this.connections.add(request, address);
    this.listener?.(connection, request);
    if (head.length > 0) connection.inbox.read(head, head.length);
  }
}

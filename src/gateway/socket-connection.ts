/** A session's connection over a WebSocket. */
import type { Socket } from 'node:net';
import { Outbox } from '../routing/outbox.js';
import type { Message } from '../protocol/message.js';
import type { Turn } from '../rooms/turn.js';
import type { Connection } from '../session/connection.js';
import type { RelaySocket } from './relay-socket.js';

let connections = 0;

/**
 * Frames go straight to the TCP socket, many in one write; ws itself writes only control frames. Both write
 * whole frames, so they may take turns, but nothing may follow a close frame: a closed connection takes
 * nothing any more.
 */
export class SocketConnection extends Outbox implements Connection {
  readonly id = ++connections;
  private closed = false;

  constructor(
    private readonly socket: RelaySocket,
    stream: Socket,
    readonly remoteAddress: string,
    turn: Turn,
  ) {
    super(stream, turn);
  }

  override send(message: Message): void {
    if (!this.closed) super.send(message);
  }

  override sendFrames(frames: Buffer): void {
    if (!this.closed) super.sendFrames(frames);
  }

  close(status?: number): void {
    this.closed = true;
    this.flush();
    this.socket.finish(status);
  }
}

/** One open WebSocket of the relay, as ws makes it for each upgrade request. */
import type { Writable } from 'node:stream';
import { WebSocket } from 'ws';
import type { Ending } from '../../rooms/endings.js';
import { endOnce } from '../node-internals/end-once.js';

/** What a connection hears of its WebSocket. */
export interface SocketListener {
  /** A whole message that ws has read. */
  message(payload: Buffer, isBinary: boolean): void;
  pong(payload: Buffer): void;
  /** The peer broke RFC 6455, or went beyond what ws takes. */
  broke(ending: Ending): void;
  /** The peer said goodbye, or is gone: so that a code is free again at once (L14). Is called more than once. */
  gone(): void;
  /** An error of ours met one of the others. */
  fail(error: unknown): void;
}

/** What ws keeps to itself. */
interface Within {
  readonly _receiver: Writable;
  readonly _socket: Writable;
}

/**
 * Adds to ws what the protocol asks for: a peer learns nothing (E4, E11), and its connection is gone with its close
 * frame and not only with its TCP connection.
 */
export class RelaySocket extends WebSocket {
  /** Undefined until a connection is opened on it. */
  private listener: SocketListener | undefined;

  /**
   * Whether the peer has broken RFC 6455. ws tells so a tick later, when what stood behind the breach would have
   * been read (P12); its receiver knows at once.
   */
  get isBroken(): boolean {
    return within(this)._receiver.errored !== null;
  }

  listen(listener: SocketListener): void {
    this.listener = listener;
    this.on('message', received);
    this.on('pong', ponged);
    this.on('error', broke);
  }
  /** Closes for the relay: silently, or with a status. */
  closeWith(status?: number): void {
    // A paused socket would not see the peer's answer.
    this.resume();
    super.close(status);
  }

  /**
   * Called by ws: with a lone status when the peer broke RFC 6455, which must stay untold (the `error` event
   * follows), else to answer the peer's close frame.
   */
  override close(status?: number, reason?: string | Buffer): void {
    const isBreach = status !== undefined && reason === undefined;
    if (isBreach) return super.close();
    const { _receiver, _socket } = within(this);
    endOnce(_receiver);
    endOnce(_socket);
    super.close(status, reason);
    this.gone();
  }

  /** The peer said goodbye, or its TCP connection is closed. */
  gone(): void {
    this.tell((listener) => listener.gone());
  }

  /** ws and Nest would let an error end the process; it ends this connection alone (E9). */
  tell(event: (listener: SocketListener) => void): void {
    const { listener } = this;
    if (listener === undefined) return;
    try {
      event(listener);
    } catch (error) {
      listener.fail(error);
    }
  }
}

function within(socket: RelaySocket): Within {
  return socket as unknown as Within;
}

// One function for all sockets: three closures for each would cost every login.

function received(this: WebSocket, payload: WebSocket.RawData, isBinary: boolean): void {
  // Always a Buffer: `binaryType` is never changed.
  (this as RelaySocket).tell((listener) => listener.message(payload as Buffer, isBinary));
}

function ponged(this: WebSocket, payload: Buffer): void {
  (this as RelaySocket).tell((listener) => listener.pong(payload));
}

function broke(this: WebSocket, { code = '' }: NodeJS.ErrnoException): void {
  (this as RelaySocket).tell((listener) => listener.broke(ENDING_OF[code] ?? 'protocol-error'));
}

/** What ws found wrong, where it is more than a breach of RFC 6455. */
const ENDING_OF: Readonly<Record<string, Ending>> = {
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'too-large',
  WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH: 'too-large',
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 'too-many-fragments',
};

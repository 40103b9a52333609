/** One open WebSocket of the relay, as ws makes it for each upgrade request. */
import { WebSocket } from 'ws';
import type { Ending } from '../rooms/endings.js';
import type { Session } from '../session/session.js';
import type { FrameTap } from './frame-tap.js';
import { IGNORE, type MessageSink } from './message-sink.js';

/**
 * Adds to ws what the protocol asks for: a peer is told nothing (E4, E11), its session ends with its close
 * frame and not only with its TCP connection (L14), and messages go to one sink after the other.
 */
export class RelaySocket extends WebSocket {
  /** Set by the gateway before the first message can come. */
  declare session: Session;
  declare tap: FrameTap;
  private sink: MessageSink = IGNORE;

  /** Lets messages in; they go to `sink` from now on. Called once, when the session is open. */
  listen(sink: MessageSink): void {
    this.sink = sink;
    this.on('message', receive);
    this.on('error', failed);
  }

  /** Gives the messages that follow to another sink. */
  handTo(sink: MessageSink): void {
    // An ending is final: a login that was answered too late does not open the ears again.
    if (this.session.phase.name !== 'ended') this.sink = sink;
  }

  /** The one boundary of this connection: an error of ours ends it, and nobody else notices (E9). */
  take(payload: Buffer, isBinary: boolean): void {
    try {
      const ending = this.sink(payload, isBinary);
      if (ending !== undefined) this.session.end(ending);
    } catch (error) {
      this.session.fail(error);
    }
  }

  /** Closes for the relay: silently, or with a status. */
  finish(status?: number): void {
    this.sink = IGNORE;
    // A paused socket would not see the peer's answer.
    this.resume();
    super.close(status);
  }

  /**
   * Called by ws: with a lone status when the peer broke RFC 6455, which must stay untold (the `error` event
   * follows), else to answer the peer's close frame.
   */
  override close(status?: number, reason?: string | Buffer): void {
    this.tap.close();
    if (status !== undefined && reason === undefined) {
      super.close();
      return;
    }
    super.close(status, reason);
    this.session.end('left');
  }
}

function receive(this: WebSocket, payload: WebSocket.RawData, isBinary: boolean): void {
  // Always a Buffer: `binaryType` is never changed.
  (this as RelaySocket).take(payload as Buffer, isBinary);
}

function failed(this: WebSocket, error: Error & { code?: string }): void {
  (this as RelaySocket).session.end(endingOf(error));
}

/** What ws found wrong; everything else of RFC 6455 is one ending. */
function endingOf(error: { code?: string }): Ending {
  return error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'too-large' : 'protocol-error';
}

/** A session's connection over a WebSocket. */
import type { Socket } from 'node:net';
import type { Message } from '../../protocol/message.js';
import type { Ending } from '../../rooms/endings.js';
import type { HoldReason } from '../../rooms/peer.js';
import type { Turn } from '../../rooms/turn.js';
import { FIXED } from '../../../config/fixed-limits.js';
import type { RelayOptions } from '../../../config/relay-options.js';
import { Outbox } from './outbox.js';
import type { Connection } from '../../session/connection.js';
import type { Measures } from '../../session/measures.js';
import type { RelaySocket } from './relay-socket.js';
import { reset } from './reset.js';
import type { RoundTrip } from './round-trip.js';

let connections = 0;

/**
 * Frames go straight to the TCP socket, many in one write; ws itself writes only control frames. Both write
 * whole frames, so they may take turns, but nothing may follow a close frame: a closed connection takes
 * nothing any more.
 */
export class SocketConnection extends Outbox implements Connection {
  readonly id = ++connections;
  /** Bytes that may wait for the peer, 0 for any number; the gateway sets it when it knows whether it is a host (A8, A10). */
  maxQueued = 0;
  /** There is one as soon as the connection is a host's or a player's, which alone are pinged. */
  roundTrip: RoundTrip | undefined = undefined;
  messagesIn = 0;
  isNameless = false;
  private readonly openedAt = performance.now();
  private closed = false;
  /** Set when the close frame is due at the end of the turn. */
  private closing: { readonly status: number | undefined } | undefined;
  private congested = false;
  private holds = 0;

  constructor(
    private readonly socket: RelaySocket,
    private readonly stream: Socket,
    readonly remoteAddress: string,
    private readonly options: RelayOptions,
    turn: Turn,
  ) {
    super(stream, turn);
  }

  get isHeld(): boolean {
    return this.holds !== 0;
  }

  /** Bytes that were read while it was held. */
  get unreadBytes(): number {
    return this.stream.readableLength;
  }

  get lastRoundTrip(): number | undefined {
    return this.roundTrip?.last;
  }

  override send(message: Message): void {
    if (!this.closed) super.send(message);
  }

  override sendFrames(frames: Buffer, messages: number): void {
    if (!this.closed) super.sendFrames(frames, messages);
  }

  measure(): Measures {
    const { messagesIn, messagesOut, queuedBytes: waiting, isHeld: isPaused } = this;
    const { bytesRead: bytesIn } = this.stream;
    // Node counts what waits in the process as written, and knows of nothing once the socket is gone.
    const bytesOut = Math.max(0, (this.stream.bytesWritten ?? 0) - this.stream.writableLength);
    const { last: roundTrip, jitter } = this.roundTrip ?? {};
    const age = performance.now() - this.openedAt;
    return { age, messagesIn, messagesOut, bytesIn, bytesOut, waiting, isPaused, roundTrip, jitter };
  }

  hold(reason: HoldReason): void {
    if (this.closed) return;
    if (this.holds === 0) this.socket.pause();
    this.holds |= reason;
  }

  release(reason: HoldReason): void {
    if (this.holds === 0) return;
    this.holds &= ~reason;
    if (this.holds === 0) this.socket.resume();
  }

  /** The close frame leaves behind what is queued: a thousand of them would be too much for one turn (A29). */
  close(status?: number): void {
    this.letGo();
    this.closing = { status };
    this.turn.atEnd(this);
  }

  cutOff(): void {
    this.letGo();
    this.discard();
    this.socket.finish();
    reset(this.stream);
  }

  override flush(): void {
    super.flush();
    if (this.closing === undefined) return;
    const { status } = this.closing;
    this.closing = undefined;
    this.socket.finish(status);
  }

  /** Also what ws has written, such as answers to pings, must be read. One message may wait beyond the limit. */
  check(): Ending | undefined {
    return this.isFull(this.stream.writableLength - this.options.maxMessageSize) ? 'slow-reader' : undefined;
  }

  failed(error: unknown): void {
    const wasClosed = this.closed;
    this.socket.fail(error);
    // Its session has ended before, and nothing else would end it.
    if (wasClosed) this.socket.terminate();
  }

  /** More is added only to what is within the limit, so that a single large message may always be sent. */
  protected override mayWrite(behind: number): boolean {
    const isFull = this.isFull(behind);
    if (isFull) this.socket.session.end('slow-reader');
    return !isFull;
  }

  protected override written(behind: number): void {
    const { pauseOutbox } = FIXED;
    if (pauseOutbox > 0 && behind > pauseOutbox && !this.congested) this.awaitDrain();
  }

  private isFull(behind: number): boolean {
    return this.maxQueued > 0 && behind > this.maxQueued;
  }

  /** Nothing is sent any more, and nothing held: what still comes is only read for the peer's close frame. */
  private letGo(): void {
    this.closed = true;
    this.holds = 0;
    this.socket.ignore();
  }

  private awaitDrain(): void {
    this.congested = true;
    this.socket.session.congested();
    this.stream.once('drain', () => {
      this.congested = false;
      this.socket.guard(() => this.socket.session.drained());
    });
  }
}

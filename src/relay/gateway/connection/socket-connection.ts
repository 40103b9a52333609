/** A session's connection over a WebSocket: it owns the socket, the reader of its frames, its watch and its outbox. */
import type { Socket } from 'node:net';
import type { RelayOptions } from '../../../config/relay-options.js';
import type { Message } from '../../protocol/message.js';
import type { Ending } from '../../rooms/endings.js';
import { HoldReason } from '../../rooms/peer.js';
import type { Connection } from '../../session/connection.js';
import type { Measures } from '../../session/measures.js';
import type { Session } from '../../session/session.js';
import { type FrameListener, FrameTap } from '../node-internals/frame-tap.js';
import type { EventLoopTurn } from './event-loop-turn.js';
import { IGNORE, type MessageSink } from './message-sink.js';
import type { RelaySocket, SocketListener } from './relay-socket.js';
import { reset } from './reset.js';
import type { Role } from './role.js';
import { RoundTrip } from './round-trip.js';
import { type OutboxOwner, SocketOutbox } from './socket-outbox.js';
import { Watch } from './watch.js';

let connections = 0;

/**
 * Frames go straight to the TCP socket, many in one write; ws itself writes only control frames. Both write
 * whole frames, so they may take turns, but nothing may follow a close frame: a closed connection takes
 * nothing any more.
 *
 * Its session closes or cuts it. It calls its session back with two things only: `end` when what it saw ends the session,
 * and `fail` when an error of ours met it.
 */
export class SocketConnection implements Connection, OutboxOwner, SocketListener, FrameListener {
  readonly id = ++connections;
  messagesIn = 0;
  /** Bytes of what has come behind a login that is not answered yet. */
  bytesBehindLogin = 0;
  readonly watch: Watch;
  readonly session: Session;
  private readonly outbox: SocketOutbox;
  private readonly tap: FrameTap;
  private readonly openedAt = performance.now();
  private receiver: MessageSink = IGNORE;
  /** There is one as soon as the connection is a host's or a player's, which alone are pinged. */
  private roundTrip: RoundTrip | undefined = undefined;
  private holds = 0;

  /** @param sessionOn opens the session of the new connection. */
  constructor(
    private readonly socket: RelaySocket,
    private readonly stream: Socket,
    readonly remoteAddress: string,
    readonly isNameless: boolean,
    options: RelayOptions,
    turn: EventLoopTurn,
    sessionOn: (connection: SocketConnection) => Session,
  ) {
    this.outbox = new SocketOutbox(this, stream, turn, options);
    this.session = sessionOn(this);
    this.watch = new Watch(stream, options);
    this.tap = new FrameTap(this, socket, stream, options.maxMessageSize, turn);
    socket.listen(this);
  }

  get queuedBytes(): number {
    return this.outbox.queuedBytes;
  }

  get isHeld(): boolean {
    return this.holds !== 0;
  }

  /** All that memory holds for the peer and of it: what it has not taken, and what it sent and could not be taken yet. */
  get keptBytes(): number {
    const { stream, tap, bytesBehindLogin } = this;
    return this.queuedBytes + stream.readableLength + tap.unfinishedBytes + bytesBehindLogin;
  }

  get lastRoundTrip(): number | undefined {
    return this.roundTrip?.last;
  }

  measure(): Measures {
    const { messagesIn, isHeld: isPaused } = this;
    const { messagesOut, queuedBytes: waiting } = this.outbox;
    const { bytesRead: bytesIn } = this.stream;
    // Node counts what waits in the process as written, and knows of nothing once the socket is gone.
    const bytesOut = Math.max(0, (this.stream.bytesWritten ?? 0) - this.stream.writableLength);
    const { last: roundTrip, jitter } = this.roundTrip ?? {};
    const age = performance.now() - this.openedAt;
    return { age, messagesIn, messagesOut, bytesIn, bytesOut, waiting, isPaused, roundTrip, jitter };
  }

  // What its session does with it.

  send(message: Message): void {
    this.outbox.send(message);
  }

  sendFrames(frames: Buffer, messages: number): void {
    this.outbox.sendFrames(frames, messages);
  }

  hold(reason: HoldReason): void {
    if (this.outbox.isClosed) return;
    if (this.holds === 0) this.socket.pause();
    this.holds |= reason;
  }

  release(reason: HoldReason): void {
    if (this.holds === 0) return;
    this.holds &= ~reason;
    if (this.holds === 0) this.socket.resume();
  }

  close(status?: number): void {
    this.deafen();
    this.outbox.close(status);
  }

  cut(): void {
    this.deafen();
    this.outbox.cut();
    this.socket.closeWith();
    reset(this.stream);
  }

  // What the gateway does with it.

  /** Gives the messages that follow to another sink, unless nothing is taken any more. */
  handTo(sink: MessageSink): void {
    if (!this.outbox.isClosed) this.receiver = sink;
  }

  /** Its login was granted. */
  become({ limits, fanoutByteRate, roundTrips, sink, senders }: Role): void {
    this.watch.begin(limits, fanoutByteRate);
    this.outbox.maxQueued = limits.maxOutbox;
    this.roundTrip = new RoundTrip(roundTrips);
    this.outbox.senders = senders;
    this.handTo(sink);
  }

  /** Lets `seconds` pass. */
  beat(seconds: number): void {
    const ending = this.watch.beat(seconds, this.isHeld);
    if (ending !== undefined) this.session.end(ending);
    this.outbox.check();
    if (this.watch.isPingDue) this.socket.ping(this.roundTrip?.ping());
    if (!this.watch.isOverRate) this.release(HoldReason.Rate);
  }

  /** Ends the session from outside, such as when all outboxes are full. */
  end(ending: Ending): void {
    this.guard(() => this.session.end(ending));
  }

  /** Every way into this connection but that of its messages goes through here; see {@link fail}. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Where errors of ours end: each way into this connection leads here, and no other peer notices (E9). */
  fail(error: unknown): void {
    try {
      this.session.fail(error);
    } catch {
      // Even the ending has failed; nothing but the connection itself is left to end.
      this.socket.terminate();
    }
  }

  /** An error of ours met it at the end of a turn. */
  failed(error: unknown): void {
    const wasClosed = this.outbox.isClosed;
    this.fail(error);
    // Its session has ended before, and nothing else would end it.
    if (wasClosed) this.socket.terminate();
  }

  // What its frames, ws and its outbox tell it.

  /** Any byte is a sign of life. */
  heard(): void {
    this.watch.hear();
  }

  /** Whether a peer that has not logged in may have sent so much (A1). */
  allows(length: number): boolean {
    const isAllowed = this.watch.allowsBeforeLogin(length);
    if (!isAllowed) this.session.end('too-large');
    return isAllowed;
  }

  /** Counts a frame of any kind against the rate of the peer. */
  count(length: number): void {
    this.watch.count(length);
    if (this.watch.isOverRate) this.hold(HoldReason.Rate);
  }

  message(payload: Buffer, isBinary: boolean): void {
    this.messagesIn++;
    this.pass(payload, isBinary);
  }

  /** Gives a message to the sink. */
  pass(payload: Buffer, isBinary: boolean): void {
    try {
      const ending = this.receiver(payload, isBinary);
      if (ending !== undefined) this.session.end(ending);
      else if (this.watch.isOverRate) this.hold(HoldReason.Rate);
    } catch (error) {
      this.fail(error);
    }
  }

  check(): void {
    this.outbox.check();
  }

  pong(payload: Buffer): void {
    this.roundTrip?.pong(payload);
  }

  broke(ending: Ending): void {
    this.tap.close();
    this.session.end(ending);
  }

  gone(): void {
    this.tap.close();
    this.session.end('left');
  }

  tooSlow(): void {
    this.session.end('slow-reader');
  }

  flushed(status: number | undefined): void {
    this.socket.closeWith(status);
  }

  /** Nothing is held: what still comes is only read for the peer's close frame. */
  private deafen(): void {
    this.holds = 0;
    this.receiver = IGNORE;
  }
}

/** A session's connection over a WebSocket: it owns the TCP stream, the reader of its frames, its watch and its outbox. */
import type { Socket } from 'node:net';
import type { RelayOptions } from '../../../config/relay-options.js';
import type { Message } from '../../protocol/message.js';
import type { Ending } from '../../rooms/endings.js';
import { HoldReason } from '../../rooms/peer.js';
import type { Stream } from '../../rooms/streams/stream.js';
import type { Connection } from '../../session/connection.js';
import type { Measures } from '../../session/measures.js';
import type { Session } from '../../session/session.js';
import { PING, controlFrame } from '../web-socket/control-frames.js';
import type { EventLoopTurn } from './event-loop-turn.js';
import { Inbox } from './inbox.js';
import { IGNORE, type MessageSink } from './message-sink.js';
import { Reception } from './reception.js';
import { reset } from './reset.js';
import type { Role } from './role.js';
import { RoundTrip } from './round-trip.js';
import { type OutboxOwner, SocketOutbox } from './socket-outbox.js';
import { type StreamListener, listenTo } from './tcp-events.js';
import { Watch } from './watch.js';

let connections = 0;

/**
 * Its session closes or cuts it. It calls its session back with two things only: `end` when what it saw ends the session,
 * and `fail` when an error of ours met it.
 */
export class SocketConnection implements Connection, StreamListener, OutboxOwner {
  readonly id = ++connections;
  messagesIn = 0;
  /** Bytes of what has come behind a login that is not answered yet. */
  bytesBehindLogin = 0;
  /** Called when TCP is closed. */
  onClosed: (() => void) | undefined = undefined;
  readonly watch: Watch;
  readonly session: Session;
  private readonly outbox: SocketOutbox;
  readonly inbox: Inbox;
  private readonly openedAt = performance.now();
  private receiver: MessageSink = IGNORE;
  /** Messages of its stream that were sent in front of the last ping. */
  private sentBeforePing = 0;
  /** There is one as soon as the connection is a host's or a player's, which alone are pinged. */
  roundTrip: RoundTrip | undefined = undefined;

  /** @param sessionOn opens the session of the new connection. */
  constructor(
    private readonly stream: Socket,
    readonly remoteAddress: string,
    readonly isNameless: boolean,
    options: RelayOptions,
    turn: EventLoopTurn,
    sessionOn: (connection: SocketConnection) => Session,
  ) {
    this.outbox = new SocketOutbox(this, stream, turn, options.maxPlayerOutbox);
    this.watch = new Watch(stream, options);
    this.inbox = new Inbox(new Reception(this, this.outbox), stream, options.maxMessageSize, turn);
    this.session = sessionOn(this);
  }

  get queuedBytes(): number {
    return this.outbox.queuedBytes;
  }

  get hasSaidGoodbye(): boolean {
    return this.outbox.hasSaidGoodbye;
  }

  get isOver(): boolean {
    return this.outbox.isClosed;
  }

  get isHeld(): boolean {
    return this.inbox.isHeld;
  }

  /** All that memory holds for the peer and of it: what it has not taken, and what it sent and could not be taken yet. */
  get keptBytes(): number {
    return this.queuedBytes + this.stream.readableLength + this.inbox.keptBytes + this.bytesBehindLogin;
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
    if (!this.outbox.isClosed) this.inbox.hold(reason);
  }

  release(reason: HoldReason): void {
    this.inbox.release(reason);
  }

  carry(stream: Stream): void {
    // A host has the limit of a player until its login is answered.
    this.outbox.maxQueued = 2 * stream.tail.most;
    this.outbox.keep(stream.tail);
  }

  probe(seconds: number): Promise<boolean> {
    if (this.isHeld || !this.watch.hasMissedPing) return Promise.resolve(false);
    this.ping();
    return this.watch.probe(seconds);
  }

  close(status?: number, reason?: string): void {
    if (this.stream.destroyed) return this.forget();
    this.receiver = IGNORE;
    this.outbox.close(status, reason);
    // What still comes is only read for the peer's close frame.
    this.inbox.release(~HoldReason.Turn);
  }

  cut(): void {
    this.forget();
    reset(this.stream);
  }

  // What the gateway does with it.

  /** Begins to read; the sink takes the messages until {@link handTo}. */
  begin(sink: MessageSink): void {
    this.receiver = sink;
    listenTo(this.stream, this);
  }

  /** Gives the messages that follow to another sink, unless nothing is taken any more. */
  handTo(sink: MessageSink): void {
    if (!this.outbox.isClosed) this.receiver = sink;
  }

  /** Its login was granted. */
  become({ limits, fanoutByteRate, roundTrips, sink, senders }: Role): void {
    this.watch.begin(limits, fanoutByteRate);
    this.outbox.maxQueued = limits.maxOutbox;
    this.roundTrip = new RoundTrip(roundTrips);
    if (senders !== undefined) this.outbox.slows(senders);
    this.handTo(sink);
  }

  /** Lets `seconds` pass. */
  beat(seconds: number): void {
    const ending = this.watch.beat(seconds, this.isHeld);
    if (ending !== undefined) this.session.end(ending);
    if (this.watch.isPingDue) this.ping();
    else if (this.outbox.isInDoubt) this.filling();
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
      this.stream.destroy();
    }
  }

  /** The peer has all that was sent in front of the last ping. */
  ponged(): void {
    this.outbox.confirm(this.sentBeforePing);
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

  /** TCP is closed. */
  closed(): void {
    this.guard(() => this.forget());
    this.onClosed?.();
  }

  // What its outbox tells it.

  tooSlow(): void {
    this.session.end('slow-reader');
  }

  /** One ping is under way at a time: its pong says what has arrived (R17). */
  filling(): void {
    if (this.roundTrip !== undefined && !this.roundTrip.isAwaiting) this.ping();
  }

  /** An error of ours met it at the end of a turn. */
  failed(error: unknown): void {
    const wasClosed = this.outbox.isClosed;
    this.fail(error);
    // Its session has ended before, and nothing else would end it.
    if (wasClosed) this.stream.destroy();
  }

  private ping(): void {
    this.sentBeforePing = this.outbox.sentInStream;
    this.outbox.sendFrames(controlFrame(PING, this.roundTrip?.ping()), 0);
  }

  /** Nothing is read or written any more. */
  private forget(): void {
    this.receiver = IGNORE;
    this.inbox.close();
    this.outbox.cut();
    this.watch.end();
  }
}

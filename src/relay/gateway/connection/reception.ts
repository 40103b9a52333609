/** What an inbox has read, and what it means for its connection. */
import type { Session } from '../../session/session.js';
import { HoldReason } from '../../rooms/peer.js';
import { PONG, controlFrame } from '../web-socket/control-frames.js';
import type { Breach } from '../web-socket/frame-reader.js';
import type { InboxOwner } from './inbox.js';
import type { RoundTrip } from './round-trip.js';
import type { SocketOutbox } from './socket-outbox.js';
import type { Watch } from './watch.js';

/** The connection of an inbox, which has the rest. */
export interface Receiving {
  readonly watch: Watch;
  readonly session: Session;
  readonly roundTrip: RoundTrip | undefined;
  messagesIn: number;
  /** Its last ping is answered. */
  ponged(): void;
  pass(payload: Buffer, isBinary: boolean): void;
  hold(reason: HoldReason): void;
  guard(work: () => void): void;
  fail(error: unknown): void;
}

export class Reception implements InboxOwner {
  constructor(
    private readonly connection: Receiving,
    private readonly outbox: SocketOutbox,
  ) {}

  get watch(): Watch {
    return this.connection.watch;
  }

  /** Whether a peer that has not logged in may send so much (A1). */
  allows(length: number): boolean {
    return this.outbox.isClosed || this.watch.allowsBeforeLogin(length);
  }

  /** Counts a frame of any kind against the rate of the peer. */
  count(length: number): void {
    const { watch } = this;
    watch.count(length);
    if (watch.isOverRate) this.connection.hold(HoldReason.Rate);
  }

  message(payload: Buffer, isBinary: boolean): void {
    this.connection.messagesIn++;
    this.connection.pass(payload, isBinary);
  }

  ping(payload: Buffer): void {
    this.outbox.sendFrames(controlFrame(PONG, payload), 0);
  }

  pong(payload: Buffer): void {
    if (this.connection.roundTrip?.pong(payload)) this.connection.ponged();
  }

  goodbye(payload: Buffer): void {
    this.outbox.handshake.peerSaid(payload);
    this.connection.session.end('left');
  }

  broke(breach: Breach): void {
    this.outbox.handshake.peerDone();
    this.connection.session.end(breach);
  }

  left(): void {
    this.outbox.handshake.peerGone();
    this.connection.session.end('left');
  }

  guard(work: () => void): void {
    this.connection.guard(work);
  }

  fail(error: unknown): void {
    this.connection.fail(error);
  }
}

/** The outbox of a WebSocket, and what a slow reader means for it. */
import type { Socket } from 'node:net';
import { FIXED } from '../../../config/fixed-limits.js';
import type { Message } from '../../protocol/message.js';
import type { Turn } from '../../rooms/turn.js';
import { ClosingHandshake } from './closing-handshake.js';
import { Outbox } from './outbox.js';

/** The connection of an outbox. */
export interface OutboxOwner {
  /** More waits for the peer than may. */
  tooSlow(): void;
  /** Much waits for a sign that it has arrived. */
  filling(): void;
  guard(work: () => void): void;
  failed(error: unknown): void;
}

/** The peers that are slowed down while this one does not read. */
export interface Senders {
  hold(): void;
  release(): void;
}

/** The host's room, which holds its players: nothing is lost while the host catches up (A9). */
export class SocketOutbox extends Outbox {
  private senders: Senders | undefined = undefined;
  isClosed = false;
  private closing: ClosingHandshake | undefined = undefined;
  private congested = false;

  /** @param maxQueued bytes that may wait for the peer, 0 for any number (A8, A10). */
  constructor(
    private readonly owner: OutboxOwner,
    private readonly stream: Socket,
    turn: Turn,
    public maxQueued: number,
  ) {
    super(stream, turn);
  }

  override send(message: Message): void {
    if (!this.isClosed) super.send(message);
  }

  override sendFrames(frames: Buffer, messages: number): void {
    if (!this.isClosed) super.sendFrames(frames, messages);
  }

  /**
   * Takes nothing any more behind the close frame. That leaves with what was queued, at the end of the turn: a thousand
   * close frames would be too much for one (A29).
   */
  close(status?: number, reason?: string): void {
    const frame = this.handshake.begin(status, reason);
    if (frame !== undefined) this.sendFrames(frame, 0);
    this.end();
    this.turn.atEnd(this);
  }

  get handshake(): ClosingHandshake {
    return (this.closing ??= new ClosingHandshake(this.stream));
  }

  /** While the peer does not read, nothing is read from those. */
  slows(senders: Senders): void {
    this.senders = senders;
    if (this.congested) senders.hold();
  }

  /** Whether the peer has said that it leaves, for good. */
  get hasSaidGoodbye(): boolean {
    return this.closing?.isFarewell ?? false;
  }

  /** Takes nothing any more, and drops what was gathered. */
  cut(): void {
    this.end();
    this.discard();
    this.closing?.over();
  }

  override flush(): void {
    const isWritten = this.write();
    if (this.isClosed) this.closing?.finish(isWritten);
  }

  failed(error: unknown): void {
    this.owner.failed(error);
  }

  /** More is added only to what is within the limit, so that a single large message may always be sent. */
  protected override mayWrite(behind: number): boolean {
    const isFull = this.maxQueued > 0 && behind > this.maxQueued;
    if (isFull) this.owner.tooSlow();
    return !isFull;
  }

  protected override filling(): void {
    this.owner.filling();
  }

  protected override written(behind: number): void {
    const { pauseOutbox } = FIXED;
    if (pauseOutbox > 0 && behind > pauseOutbox && !this.congested) this.awaitDrain();
  }

  private end(): void {
    this.letGo();
    this.isClosed = true;
    this.senders = undefined;
  }

  private awaitDrain(): void {
    this.congested = true;
    this.senders?.hold();
    this.stream.once('drain', () => {
      this.congested = false;
      this.owner.guard(() => this.senders?.release());
    });
  }
}

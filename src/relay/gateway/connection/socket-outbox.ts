/** The outbox of a WebSocket, and what a slow reader means for it. */
import type { Socket } from 'node:net';
import { FIXED } from '../../../config/fixed-limits.js';
import type { RelayOptions } from '../../../config/relay-options.js';
import type { Message } from '../../protocol/message.js';
import type { Turn } from '../../rooms/turn.js';
import { Outbox } from './outbox.js';

/** The connection of an outbox. */
export interface OutboxOwner {
  /** More waits for the peer than may. */
  tooSlow(): void;
  /** All that was queued before the close has been written. */
  flushed(status: number | undefined): void;
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
  /** Bytes that may wait for the peer, 0 for any number; known when it is a host or a player (A8, A10). */
  maxQueued = 0;
  senders: Senders | undefined = undefined;
  isClosed = false;
  /** Set when the close frame is due at the end of the turn. */
  private closing: { readonly status: number | undefined } | undefined = undefined;
  private congested = false;

  constructor(
    private readonly owner: OutboxOwner,
    private readonly stream: Socket,
    turn: Turn,
    private readonly options: Pick<RelayOptions, 'maxMessageSize'>,
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
   * Takes nothing any more; its owner hears when what was queued has left, at the end of the turn: a thousand close
   * frames would be too much for one (A29).
   */
  close(status?: number): void {
    this.end();
    this.closing = { status };
    this.turn.atEnd(this);
  }

  /** Takes nothing any more, and drops what was gathered. */
  cut(): void {
    this.end();
    this.discard();
  }

  override flush(): void {
    super.flush();
    if (this.closing === undefined) return;
    const { status } = this.closing;
    this.closing = undefined;
    this.owner.flushed(status);
  }

  /** Looks at what waits, with what ws has written, such as answers to pings. One message may wait beyond the limit. */
  check(): void {
    if (this.isFull(this.stream.writableLength - this.options.maxMessageSize)) this.owner.tooSlow();
  }

  failed(error: unknown): void {
    this.owner.failed(error);
  }

  /** More is added only to what is within the limit, so that a single large message may always be sent. */
  protected override mayWrite(behind: number): boolean {
    const isFull = this.isFull(behind);
    if (isFull) this.owner.tooSlow();
    return !isFull;
  }

  protected override written(behind: number): void {
    const { pauseOutbox } = FIXED;
    if (pauseOutbox > 0 && behind > pauseOutbox && !this.congested) this.awaitDrain();
  }

  private isFull(behind: number): boolean {
    return this.maxQueued > 0 && behind > this.maxQueued;
  }

  private end(): void {
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

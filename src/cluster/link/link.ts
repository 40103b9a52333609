/** The connection between this node and another: one stream of records in each direction. */
import { withoutPool } from '../../relay/rooms/own-copy.js';
import type { Gathering } from '../../relay/rooms/turn.js';
import type { LinkLoss } from '../../relay/session/backbone-counters.js';
import { FRAME_HEADER_LENGTH, type FrameHeader, FrameKind, distance, writeHeader } from './frame.js';
import { FrameWriter } from './frame-writer.js';
import type { LinkContext, LinkListener, Settling } from './link-context.js';
import { RecordReader } from './record-reader.js';
import { GarbledError } from './record.js';

/** Bytes that may be on their way to the other node; what is beyond waits here, and its senders with it (B11). */
export const WINDOW = 1024 * 1024;

/** Bytes taken after which the link acknowledges them, if nothing else leaves on it. */
const TELL_AFTER = 64 * 1024;

/**
 * Sequence, incarnations and a heartbeat make sure that what arrives is all that was sent, in order, or that both
 * ends know that it is not and give the link up (B4). A broker promises none of this. Longer than other files: both
 * directions share one sequence, and an end of either is the end of both.
 */
export class Link implements Gathering {
  isLost = false;
  isStarved = false;
  /** When the other node was last heard. */
  private heardAt: number;
  /** The other node's number of this link; 0 until it was heard. */
  private theirs = 0;
  private sent = 0;
  private received = 0;
  private sentBytes = 0;
  private takenThere = 0;
  private takenHere = 0;
  private toldTaken = 0;
  private queuedBytes = 0;
  private readonly queue: Buffer[] = [];
  private readonly settling: Settling[] = [];
  private isScheduled = false;
  private readonly writer = new FrameWriter((frame) => this.enqueue(frame));
  private readonly reader: RecordReader;
  private readonly listener: LinkListener;

  /**
   * @param incarnation which link to that node this is.
   * @param listen makes the listener, which writes on this very link.
   * @param forget called before the listener learns that the link is lost.
   */
  constructor(
    readonly node: string,
    readonly incarnation: number,
    private readonly context: LinkContext,
    listen: (link: Link) => LinkListener,
    private readonly forget: (link: Link, loss: LinkLoss) => void,
  ) {
    this.heardAt = context.now();
    this.listener = listen(this);
    // The other node cannot send more of one record before some of it was acknowledged.
    this.reader = new RecordReader(
      (type, about, bytes) => this.listener.record(type, about, bytes),
      context.maxQueued + WINDOW,
    );
  }

  /** Where records are written; they leave when the turn ends. */
  get records(): FrameWriter {
    this.schedule();
    return this.writer;
  }

  /** Has `settling` asked when the turn ends, before the records leave. */
  settleLater(settling: Settling): void {
    this.settling.push(settling);
    this.schedule();
  }

  flush(): void {
    this.isScheduled = false;
    for (const settling of this.settling.splice(0)) settling.settle();
    this.writer.flush();
    if (distance(this.toldTaken, this.takenHere) >= TELL_AFTER) this.tell(FrameKind.Beat);
  }

  failed(error: unknown): void {
    this.context.failed(error);
    this.lose('garbled');
  }

  /** Whether the frame belongs to this link; if not, the other node has restarted the link, or the frame is old. */
  isOf(header: FrameHeader): boolean {
    if (this.theirs === 0) return header.sequence <= 1 && this.isToThis(header);
    return header.from === this.theirs && this.isToThis(header);
  }

  isOlder({ from, to }: FrameHeader): boolean {
    return from < this.theirs || (to !== 0 && to < this.incarnation);
  }

  /** Whether the other node gives up this very link. */
  isResetBy({ from, to }: FrameHeader): boolean {
    return to === this.incarnation || (to === 0 && from === this.theirs);
  }

  /** Takes a frame for which {@link isOf} is true. */
  receive(header: FrameHeader, frame: Buffer): void {
    this.theirs = header.from;
    this.heardAt = this.context.now();
    this.acknowledge(header.taken);
    const ahead = distance(this.received, header.sequence);
    if (header.kind === FrameKind.Beat) {
      if (ahead > 0) this.lose('gap');
    } else if (ahead > 1) {
      this.lose('gap');
    } else if (ahead === 1) {
      this.take(frame.subarray(FRAME_HEADER_LENGTH));
    }
  }

  /** Says that this node lives. */
  beat(): void {
    this.tell(FrameKind.Beat);
  }

  /** Looks whether the other node does. */
  check(silence: number): void {
    if (this.context.now() - this.heardAt >= silence) this.lose('silence');
  }

  lose(loss: LinkLoss): void {
    if (this.isLost) return;
    this.isLost = true;
    this.queue.length = 0;
    this.settling.length = 0;
    try {
      // A link that is reset must not reset the other end.
      if (loss !== 'reset') this.tell(FrameKind.Reset);
    } finally {
      this.forget(this, loss);
      this.listener.lost(loss);
    }
  }

  private isToThis({ to }: FrameHeader): boolean {
    return to === 0 || to === this.incarnation;
  }

  private take(piece: Buffer): void {
    this.received = (this.received + 1) >>> 0;
    this.takenHere = (this.takenHere + piece.length) >>> 0;
    this.context.counters.framesReceived++;
    this.context.counters.bytesReceived += piece.length;
    if (distance(this.toldTaken, this.takenHere) >= TELL_AFTER) this.schedule();
    try {
      this.reader.read(piece);
    } catch (error) {
      if (!(error instanceof GarbledError)) this.context.failed(error);
      this.lose('garbled');
    }
  }

  private schedule(): void {
    if (this.isScheduled || this.isLost) return;
    this.isScheduled = true;
    this.context.turn.atEnd(this);
  }

  private enqueue(frame: Buffer): void {
    if (this.isLost || !this.context.turn.mayLeave()) return;
    if (this.queue.length === 0 && this.hasRoom) return this.send(frame);
    this.queue.push(withoutPool(frame));
    this.queuedBytes += frame.length;
    if (this.queuedBytes > this.context.maxQueued) return this.lose('overrun');
    if (this.isStarved) return;
    this.isStarved = true;
    this.listener.starved(true);
  }

  private get hasRoom(): boolean {
    return distance(this.takenThere, this.sentBytes) < WINDOW;
  }

  private acknowledge(taken: number): void {
    if (distance(this.takenThere, taken) <= 0 || distance(taken, this.sentBytes) < 0) return;
    this.takenThere = taken;
    while (this.queue.length > 0 && this.hasRoom) {
      const frame = this.queue.shift()!;
      this.queuedBytes -= frame.length;
      this.send(frame);
    }
    if (!this.isStarved || this.queue.length > 0) return;
    this.isStarved = false;
    this.listener.starved(false);
  }

  private send(frame: Buffer): void {
    this.sent = (this.sent + 1) >>> 0;
    this.sentBytes = (this.sentBytes + frame.length - FRAME_HEADER_LENGTH) >>> 0;
    this.context.counters.framesSent++;
    this.context.counters.bytesSent += frame.length - FRAME_HEADER_LENGTH;
    this.publish(FrameKind.Data, frame);
  }

  private tell(kind: FrameKind): void {
    this.publish(kind, Buffer.allocUnsafe(FRAME_HEADER_LENGTH));
  }

  private publish(kind: FrameKind, frame: Buffer): void {
    const { incarnation: from, theirs: to, sent: sequence, takenHere: taken } = this;
    this.toldTaken = taken;
    this.context.publish(this.node, writeHeader(frame, { kind, from, to, sequence, taken }));
  }
}

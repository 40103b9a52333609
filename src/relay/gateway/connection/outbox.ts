/** What waits to be written to one connection. */
import type { Message } from '../../protocol/message.js';
import { EAGER_FLUSH } from '../../rooms/broadcast.js';
import { FrameBatch } from '../../rooms/frame-batch.js';
import type { Tail } from '../../rooms/streams/tail.js';
import { withoutPool } from '../../rooms/own-copy.js';
import type { Gathering, Turn } from '../../rooms/turn.js';

/** Where bytes leave: a TCP socket, or what a test puts in its place. */
export interface ByteSink {
  write(bytes: Buffer): boolean;
  /** Bytes that the sink was given and could not pass on yet. */
  readonly writableLength: number;
}

/** How all that is sent is kept, until the peer has it. */
interface Keeping {
  readonly tail: Tail;
  /** Messages that were sent, as far as the tail knows. */
  messagesOut: number;
  /** Bytes at the beginning of the batch that are not of the stream. */
  foreignBytes: number;
}

/**
 * Gathers the messages of one turn of the event loop and writes them at once: a system call costs more than
 * everything else that the relay does for a small message. An idle relay loses no time by it, since its turn
 * ends right after the message came in.
 *
 * A peer that reads too slowly shows as bytes that stay behind in the sink. The class
 * that overrides {@link mayWrite} decides how many may; the batch itself never holds more than {@link EAGER_FLUSH} and one message.
 */
export abstract class Outbox implements Gathering {
  /** Messages that were taken for the peer so far. */
  messagesOut = 0;
  private batch: FrameBatch | undefined;
  private keeping: Keeping | undefined = undefined;

  constructor(
    private readonly sink: ByteSink,
    protected readonly turn: Turn,
  ) {}

  /** Bytes that were written and the peer has not taken yet; what is still gathered, others may share. */
  get queuedBytes(): number {
    return this.sink.writableLength;
  }

  send(message: Message): void {
    this.flushIfLarge();
    this.messagesOut++;
    if (this.batch === undefined) this.begin(FrameBatch.of(message));
    else this.batch.append(message);
  }

  sendFrames(frames: Buffer, messages: number): void {
    this.flushIfLarge();
    this.messagesOut += messages;
    if (this.batch === undefined) this.begin(FrameBatch.sharing(frames));
    else this.batch.appendFrames(frames);
  }

  /** What follows is kept in the tail. */
  keep(tail: Tail): void {
    this.keeping = { tail, messagesOut: this.messagesOut, foreignBytes: this.batch?.byteLength ?? 0 };
  }

  /** The tail has all that was sent, also what is not written yet, and learns of no more. */
  letGo(): void {
    if (this.keeping !== undefined && this.batch !== undefined) this.addTo(this.keeping, this.batch.take());
    this.keeping = undefined;
  }

  /** Messages of the stream that were sent, also those that are not written yet. */
  get sentInStream(): number {
    const { keeping } = this;
    return keeping === undefined ? 0 : keeping.tail.sent + this.messagesOut - keeping.messagesOut;
  }

  /** Whether there are messages of which it is not known that they have arrived. */
  get isInDoubt(): boolean {
    return this.keeping !== undefined && this.keeping.tail.keptBytes > 0;
  }

  /** The peer has all messages of the stream up to that number. */
  confirm(upTo: number): void {
    this.keeping?.tail.confirm(upTo);
  }

  flush(): void {
    this.write();
  }

  /** Called when {@link flush} threw at the end of a turn. */
  abstract failed(error: unknown): void;

  /** Whether all that was gathered is written now. */
  protected write(): boolean {
    const frames = this.batch?.take();
    if (frames === undefined) return true;
    this.batch = undefined;
    if (this.keeping !== undefined) this.addTo(this.keeping, frames);
    const behind = this.sink.writableLength;
    if (!this.turn.mayLeave() || !this.mayWrite(behind)) return false;
    this.sink.write(behind > 0 ? withoutPool(frames) : frames);
    this.written(this.sink.writableLength);
    return true;
  }

  /** Drops what was gathered and not written. */
  protected discard(): void {
    this.batch = undefined;
  }

  /** Asked before each write, with the bytes that stayed behind from those before. */
  protected mayWrite(_behind: number): boolean {
    return true;
  }

  /** Called when a good part of what the tail may keep is in doubt. */
  protected filling(): void {}

  /** Called after each write with the bytes that stayed behind. */
  protected written(_behind: number): void {}

  private addTo(keeping: Keeping, frames: Buffer): void {
    const { tail, foreignBytes } = keeping;
    tail.add(
      foreignBytes > 0 ? frames.subarray(foreignBytes) : frames,
      this.messagesOut - keeping.messagesOut,
    );
    keeping.messagesOut = this.messagesOut;
    keeping.foreignBytes = 0;
    if (tail.isFilling) this.filling();
  }

  private begin(batch: FrameBatch): void {
    this.batch = batch;
    this.turn.atEnd(this, batch.byteLength >= EAGER_FLUSH);
  }

  /** Before more is added: a large message to a thousand players is written when the turn ends, not all at once. */
  private flushIfLarge(): void {
    if (this.batch !== undefined && this.batch.byteLength >= EAGER_FLUSH) this.flush();
  }
}

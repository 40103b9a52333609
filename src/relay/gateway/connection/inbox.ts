/** What comes in on one connection, and when it is taken. */
import { joined, ownCopy } from '../../rooms/own-copy.js';
import { HoldReason } from '../../rooms/peer.js';
import { type FrameListener, FrameReader } from '../web-socket/frame-reader.js';
import type { EventLoopTurn, Reader } from './event-loop-turn.js';
import type { Watch } from './watch.js';

/** The connection of an inbox. */
export interface InboxOwner extends FrameListener {
  readonly watch: Pick<Watch, 'hear'>;
  /** All is taken, and nothing more will come. */
  left(): void;
  guard(work: () => void): void;
  fail(error: unknown): void;
}

/** A TCP stream, or what a test puts in its place. */
export interface ByteSource {
  /** Reads more, after {@link Inbox.read} has said no. */
  resume(): void;
}

/** What a frame costs a turn of the event loop, in its units: some for any frame, and one more for each 64 bytes. */
const READING = 10;
const BYTES_A_UNIT = 64;

/** Bytes that are kept while it is held, from which on no more should be read. */
const ENOUGH = 16 * 1024;

/** A hold is exact: what has been read already waits too. */
export class Inbox implements Reader {
  private readonly frames: FrameReader;
  private kept: Buffer | undefined = undefined;
  private holds = 0;
  private hasEnded = false;

  constructor(
    private readonly owner: InboxOwner,
    private readonly source: ByteSource,
    maxMessageSize: number,
    private readonly turn: Pick<EventLoopTurn, 'isSpent' | 'spend' | 'readLater'>,
  ) {
    this.frames = new FrameReader(owner, maxMessageSize);
  }

  /** Bytes of what has come and was not passed on. */
  get keptBytes(): number {
    return this.frames.unfinishedBytes + (this.kept?.length ?? 0);
  }

  get isHeld(): boolean {
    return this.holds !== 0;
  }

  /** Takes the first `end` bytes, and changes them. False if no more should be read for now. */
  read(bytes: Buffer, end: number): boolean {
    try {
      this.owner.watch.hear();
      // What is kept holds it too: until its turn comes.
      if (this.isHeld) this.keep(bytes, 0, end);
      else this.readFrames(bytes, end);
    } catch (error) {
      this.owner.fail(error);
    }
    return this.kept === undefined || this.kept.length < ENOUGH;
  }

  /** Nothing more will come. What has come is taken first. */
  end(): void {
    this.hasEnded = true;
    if (this.kept === undefined) this.owner.guard(() => this.owner.left());
  }

  hold(reason: HoldReason): void {
    this.holds |= reason;
  }

  /** @param reasons one of them, or several as bits. */
  release(reasons: number): void {
    if (this.holds === 0) return;
    this.holds &= ~reasons;
    if (this.holds !== 0) return;
    // Not at once: a host that lets a thousand players go on would get all that they have kept in one turn (A9).
    if (this.kept !== undefined) this.wait();
    else this.caughtUp();
  }

  /** The turn has time for what is kept. */
  readOn(): void {
    this.owner.guard(() => this.goOn());
  }

  /** Nothing more is taken. */
  close(): void {
    this.frames.close();
    this.kept = undefined;
  }

  private goOn(): void {
    this.holds &= ~HoldReason.Turn;
    if (this.isHeld) return;
    const { kept, hasEnded } = this;
    this.kept = undefined;
    // A message may hold and release: that must not be the end while others wait behind it.
    this.hasEnded = false;
    if (kept !== undefined) this.readFrames(kept, kept.length);
    this.hasEnded = hasEnded;
    if (!this.isHeld) this.caughtUp();
  }

  private caughtUp(): void {
    if (this.hasEnded) this.owner.left();
    else this.source.resume();
  }

  private readFrames(bytes: Buffer, end: number): void {
    const { frames, turn } = this;
    for (let at = 0; at < end && !frames.isOver;) {
      // One message of each read is taken, so that a quiet peer does not wait for busy ones.
      if (turn.isSpent && at > 0) this.wait();
      if (this.isHeld) return this.keep(bytes, at, end);
      const next = frames.readFrame(bytes, at, end);
      turn.spend(READING + (next - at) / BYTES_A_UNIT);
      at = next;
    }
  }

  private wait(): void {
    this.hold(HoldReason.Turn);
    this.turn.readLater(this);
  }

  private keep(bytes: Buffer, at: number, end: number): void {
    if (this.frames.isOver) return;
    const more = ownCopy(bytes.subarray(at, end));
    this.kept = this.kept === undefined ? more : joined([this.kept, more], this.kept.length + more.length);
  }
}

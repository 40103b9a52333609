// What the relay's inbox makes of a client's bytes, while it is held, let go and slowed down at random.
import { isUtf8 } from 'node:buffer';
import { Inbox, type InboxOwner } from '../../../../src/relay/gateway/connection/inbox.js';
import type { Reader } from '../../../../src/relay/gateway/connection/event-loop-turn.js';
import type { Breach } from '../../../../src/relay/gateway/web-socket/frame-reader.js';
import { HoldReason } from '../../../../src/relay/rooms/peer.js';
import type { Dice } from '../dice.js';
import { LONGEST_READ } from './frames.js';
import { said, type End, type Heard, type Kind } from './heard.js';

/** Those that a connection gives; the turn's is the inbox's alone. */
const REASONS = [HoldReason.Login, HoldReason.Host, HoldReason.Rate, HoldReason.Link] as const;

/** A byte that is in no place where anything may be read any more, or not yet. */
const RUBBISH = 0xee;

/** A part of a masked ping: it ends no frame that has not begun, and makes the header of one that has whole. */
const REST_OF_HEADER = Buffer.from([0x89, 0x80, 0, 0, 0]);

const shared = Buffer.alloc(LONGEST_READ + 8, RUBBISH);

export class Reading implements InboxOwner {
  readonly watch = { hear: (): void => undefined };
  private readonly heard: string[] = [];
  private readonly inbox: Inbox;
  private readonly queued: Reader[] = [];
  private end: End = 'open';
  private hasLeft = false;
  private isPaused = false;
  /** Of the message that comes. */
  private fragments = 0;

  /** @param dice undefined for a reader that is never held. */
  constructor(
    maxMessageSize: number,
    private readonly dice?: Dice,
  ) {
    const spent = (): boolean => this.once(6);
    const turn = {
      get isSpent(): boolean {
        return spent();
      },
      spend: (): void => undefined,
      readLater: (reader: Reader): void => void this.queued.push(reader),
    };
    this.inbox = new Inbox(this, { resume: () => void (this.isPaused = false) }, maxMessageSize, turn);
  }

  /** Takes all pieces, and then the end of the stream. */
  takeAll(pieces: readonly Buffer[]): void {
    for (const piece of pieces) {
      this.passWhile(() => this.isPaused || this.once(4));
      this.take(piece);
    }
    if (this.once(2)) this.pass();
    this.inbox.end();
    this.passWhile(() => this.inbox.isHeld);
    if (!this.hasLeft && this.end === 'open') throw new Error('The end of the stream was forgotten.');
  }

  /** What it has heard, if what ws says is to be compared with it: ws judges half a header already. */
  comparedWith(end: End): Heard {
    this.hasLeft = false;
    if (end !== 'open' && this.end === 'open') this.take(REST_OF_HEADER);
    this.passWhile(() => this.inbox.isHeld);
    return { said: this.heard, end: this.end };
  }

  // What the inbox tells its connection.

  allows(): boolean {
    this.expectUnheld();
    return true;
  }

  count(): void {
    this.expectUnheld();
    this.fragments++;
    this.hold();
  }

  message(payload: Buffer, isBinary: boolean): void {
    const isWhole = this.fragments === 1;
    this.fragments = 0;
    // What takes a message reads it in any case, so that the reader only looks at those that it joins.
    if (isBinary || !isWhole || isUtf8(payload)) this.hear(isBinary ? 'binary' : 'text', payload);
    else {
      this.broke('protocol-error');
      this.inbox.close();
    }
  }

  ping(payload: Buffer): void {
    this.fragments--;
    this.hear('ping', payload);
  }

  pong(payload: Buffer): void {
    this.fragments--;
    this.hear('pong', payload);
  }

  goodbye(payload: Buffer): void {
    this.finish(`closed ${payload.toString('hex')}`);
  }

  broke(breach: Breach): void {
    this.finish(breach);
  }

  left(): void {
    this.hasLeft = true;
  }

  guard(work: () => void): void {
    work();
  }

  fail(error: unknown): void {
    throw error;
  }

  private hear(kind: Kind, payload: Buffer): void {
    this.expectOpen();
    this.heard.push(said(kind, payload));
    this.hold();
  }

  private finish(end: End): void {
    this.expectOpen();
    this.end = end;
  }

  private expectOpen(): void {
    if (this.hasLeft) throw new Error('Something came behind the end of the stream.');
    if (this.end !== 'open') throw new Error(`Something came behind the end of the connection: ${this.end}.`);
  }

  private expectUnheld(): void {
    if (this.inbox.isHeld) throw new Error('A frame was read while the connection is held.');
  }

  /** As a read of a socket does: into memory that it shares with others, which its next read changes. */
  private take(piece: Buffer): void {
    const place = shared.subarray(this.dice?.below(8) ?? 0);
    place.set(piece);
    if (!this.inbox.read(place, piece.length)) this.isPaused = true;
    place.fill(RUBBISH, 0, piece.length);
  }

  private hold(): void {
    if (this.once(8)) this.inbox.hold(this.reason());
    if (this.once(16)) this.inbox.release(this.reason());
  }

  /** Time passes: a reason falls away, or comes, and a turn may end. */
  private pass(): void {
    if (this.once(6)) this.inbox.hold(this.reason());
    this.inbox.release(this.once(2) ? ~HoldReason.Turn : this.reason());
    if (this.once(2)) for (const reader of this.queued.splice(0)) reader.readOn();
  }

  private passWhile(goesOn: () => boolean): void {
    for (let n = 0; goesOn(); n++) {
      if (n > 100_000) throw new Error('It waits for ever.');
      this.pass();
    }
  }

  private reason(): HoldReason {
    return this.dice?.pick(REASONS) ?? HoldReason.Rate;
  }

  private once(times: number): boolean {
    return this.dice?.once(times) ?? false;
  }
}

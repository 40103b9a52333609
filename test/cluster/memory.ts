// A connection without a socket, which only remembers.
import type { Message } from '../../src/relay/protocol/message.js';
import { FrameBatch } from '../../src/relay/rooms/frame-batch.js';
import type { HoldReason } from '../../src/relay/rooms/peer.js';
import type { Stream } from '../../src/relay/rooms/streams/stream.js';
import type { Connection } from '../../src/relay/session/connection.js';
import type { Measures } from '../../src/relay/session/measures.js';

const UNMEASURED: Measures = {
  age: 0,
  messagesIn: 0,
  messagesOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  waiting: 0,
  isPaused: false,
  roundTrip: undefined,
  jitter: undefined,
};

/** What a peer has got, and what was done to it. */
export class Memory implements Connection {
  hasSaidGoodbye = true;
  isOver = false;
  readonly id = 1;
  readonly remoteAddress = '127.0.0.1';
  readonly isNameless = true;
  readonly queuedBytes = 0;
  readonly lastRoundTrip = undefined;
  readonly got: string[] = [];
  isClosed = false;
  isCutOff = false;
  /** What arrives is not known to the relay: it has a dead network, or a page that reads nothing. */
  isDeaf = false;
  private stream: Stream | undefined;
  holds = 0;

  get isHeld(): boolean {
    return this.holds !== 0;
  }

  measure(): Measures {
    return UNMEASURED;
  }

  send(message: Message): void {
    const bytes = Buffer.alloc(message.byteLength);
    message.copyTo(bytes, 0);
    if (!this.isClosed) this.stream?.tail.add(FrameBatch.of(message).take(), 1);
    this.take(bytes);
  }

  sendFrames(frames: Buffer, messages: number): void {
    let count = 0;
    if (!this.isClosed) this.stream?.tail.add(frames, messages);
    for (let at = 0; at < frames.length; count++) {
      const short = frames[at + 1]!;
      const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
      const long = short === 126 ? frames.readUInt16BE(at + 2) : 0;
      const length = short < 126 ? short : short === 126 ? long : Number(frames.readBigUInt64BE(at + 2));
      this.take(frames.subarray(start, start + length));
      at = start + length;
    }
    if (count !== messages) throw new Error(`${count} frames were called ${messages}`);
  }

  hold(reason: HoldReason): void {
    this.holds |= reason;
  }

  release(reason: HoldReason): void {
    this.holds &= ~reason;
  }

  carry(stream: Stream): void {
    this.stream = stream;
  }

  probe(): Promise<boolean> {
    return Promise.resolve(this.isDeaf);
  }

  close(): void {
    this.isClosed = true;
  }

  cut(): void {
    this.isClosed = this.isCutOff = true;
  }

  private take(bytes: Buffer): void {
    if (!this.isClosed && !this.isDeaf) this.got.push(bytes.toString());
  }
}

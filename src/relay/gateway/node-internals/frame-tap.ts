/** Takes whole data frames straight from the TCP stream and leaves everything else to ws. */
import type { Socket } from 'node:net';
import { ownCopy } from '../../rooms/own-copy.js';
import { HoldReason } from '../../rooms/peer.js';
import type { EventLoopTurn, Reader } from '../connection/event-loop-turn.js';
import type { RelaySocket } from '../connection/relay-socket.js';
import { shareBuffer } from './shared-buffer.js';
import { unmask } from './unmask.js';

/** The connection whose frames are read. */
export interface FrameListener {
  /** Whether nothing is to be read. */
  readonly isHeld: boolean;
  hold(reason: HoldReason): void;
  release(reason: HoldReason): void;
  /** Bytes have come. */
  heard(): void;
  /** A frame of that length begins. */
  count(length: number): void;
  /** Whether that many more bytes are let in. */
  allows(length: number): boolean;
  /** A whole message, whose bytes are others' when it returns. */
  message(payload: Buffer, isBinary: boolean): void;
  /** ws has read, and may have written. */
  check(): void;
  guard(work: () => void): void;
  fail(error: unknown): void;
}

/** Where ws reads the bytes of its stream. */
type WsListener = (this: Socket, chunk: Buffer) => void;

/** First bytes of a frame (RFC 6455 section 5.2). */
const FIN = 0x80;
const CONTROL = 0x08;
const WHOLE_TEXT = 0x81;
const WHOLE_BINARY = 0x82;

const MASKED = 0x80;

/** What a frame costs a turn of the event loop, in its units: some for any frame, and one more for each 64 bytes. */
const READING = 10;
const BYTES_A_UNIT = 64;

/**
 * A game sends small, whole text frames; for those ws makes four buffers and unmasks byte by byte, which costs
 * more than all that the relay does with them. So they are read here, where they lie. A frame that is a
 * fragment, a control frame, too large, malformed, or split over two chunks goes to ws as it is: there is one
 * place that knows RFC 6455, and this only knows when it need not be asked.
 *
 * Nothing is kept from chunk to chunk but a header that came apart, and the number of bytes that ws still needs
 * to complete a frame. A chunk lies in the buffer of all sockets: what outlives it is copied.
 */
export class FrameTap implements Reader {
  /** Bytes that ws keeps of a message that is not whole. */
  unfinishedBytes = 0;
  private readonly toWs: WsListener;
  private header: Buffer | undefined;
  private owedToWs = 0;
  private withinFragments = false;
  private closed = false;

  constructor(
    private readonly connection: FrameListener,
    private readonly socket: Pick<RelaySocket, 'isBroken'>,
    private readonly stream: Socket,
    private readonly maxMessageSize: number,
    private readonly turn: EventLoopTurn,
  ) {
    // By its name, since a backend may listen to its sockets too.
    const toWs = (stream.listeners('data') as WsListener[]).find(({ name }) => name === 'socketOnData');
    if (toWs === undefined) throw new Error('ws does not read its stream as it used to.');
    this.toWs = toWs;
    stream.removeListener('data', toWs);
    shareBuffer(stream, this.read);
    stream.on('data', this.read);
  }

  /** Called when ws stops reading too: for the peer's close frame, or for its breach of the protocol. */
  close(): void {
    this.closed = true;
    this.stream.removeListener('data', this.read);
  }

  /** The turn has time for what was read and not taken. */
  readOn(): void {
    this.connection.guard(() => this.connection.release(HoldReason.Turn));
  }

  private readonly read = (chunk: Buffer): void => {
    if (this.closed) return;
    try {
      this.connection.heard();
      this.readFrames(this.header === undefined ? chunk : Buffer.concat([this.header, chunk]));
    } catch (error) {
      this.connection.fail(error);
    }
  };

  private readFrames(chunk: Buffer): void {
    this.header = undefined;
    let at = this.pass(chunk, 0, this.owedToWs);
    for (let isFirst = true; at < chunk.length && !this.closed; isFirst = false) {
      if (this.turn.isSpent && !isFirst) this.wait();
      // A hold is exact: what has been read already waits too, and comes again when the stream goes on.
      if (this.connection.isHeld) return this.stream.unshift(ownCopy(chunk.subarray(at)));
      at = this.readFrame(chunk, at);
    }
  }

  /** One message of each read is taken, so that a quiet peer does not wait for busy ones. */
  private wait(): void {
    this.connection.hold(HoldReason.Turn);
    this.turn.readLater(this);
  }

  /** Returns where the next frame begins; the end of the chunk if that is still to come. */
  private readFrame(chunk: Buffer, at: number): number {
    const start = at + headerLength(chunk, at);
    if (start > chunk.length) {
      this.header = ownCopy(chunk.subarray(at));
      return chunk.length;
    }
    const end = start + payloadLength(chunk, at);
    this.connection.count(end - at);
    this.turn.spend(READING + (Math.min(end, chunk.length) - at) / BYTES_A_UNIT);
    if (end > chunk.length || !this.isWhole(chunk, at) || end - start > this.maxMessageSize) {
      return this.leaveToWs(chunk, at, end);
    }
    if (!this.connection.allows(end - at)) return end;
    unmask(chunk, start, end);
    this.connection.message(chunk.subarray(start, end), chunk[at] === WHOLE_BINARY);
    return end;
  }

  private isWhole(chunk: Buffer, at: number): boolean {
    const first = chunk[at];
    const isData = first === WHOLE_TEXT || first === WHOLE_BINARY;
    return isData && chunk[at + 1]! >= MASKED && !this.withinFragments;
  }

  private leaveToWs(chunk: Buffer, at: number, end: number): number {
    const first = chunk[at]!;
    if ((first & CONTROL) === 0) this.withinFragments = (first & FIN) === 0;
    return this.pass(chunk, at, end - at);
  }

  /** Gives ws `length` bytes, or what there is of them and the rest when it comes. */
  private pass(chunk: Buffer, at: number, length: number): number {
    const end = Math.min(at + length, chunk.length);
    this.owedToWs = at + length - end;
    if (end === at || !this.connection.allows(end - at)) return end;
    const isWhole = this.owedToWs === 0 && !this.withinFragments;
    this.unfinishedBytes = isWhole ? 0 : this.unfinishedBytes + end - at;
    // ws keeps parts of messages until they are whole.
    this.toWs.call(this.stream, ownCopy(chunk.subarray(at, end)));
    if (this.socket.isBroken) this.close();
    // A peer that pings and does not read has more waiting for it before the next beat than it may.
    else this.connection.check();
    return end;
  }
}

/** Bytes in front of the payload; if the second of them is not there yet, more than are there. */
function headerLength(chunk: Buffer, at: number): number {
  const second = chunk[at + 1] ?? MASKED;
  const length = second & 0x7f;
  const mask = second >= MASKED ? 4 : 0;
  return mask + (length < 126 ? 2 : length === 126 ? 4 : 10);
}

function payloadLength(chunk: Buffer, at: number): number {
  const length = chunk[at + 1]! & 0x7f;
  if (length < 126) return length;
  return length === 126 ? chunk.readUInt16BE(at + 2) : Number(chunk.readBigUInt64BE(at + 2));
}

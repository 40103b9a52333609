/** How a connection ends (RFC 6455 section 7.1): a close frame each way, then TCP. */
import type { Socket } from 'node:net';
import { CLOSE, closePayload, controlFrame, isGoingAway } from '../web-socket/control-frames.js';

/** Milliseconds that a peer has to answer the relay's close frame, and to close TCP, before it is cut off (E5). */
const PATIENCE = 1_000;

const SILENT = controlFrame(CLOSE);

/** Made when a connection begins to end. */
export class ClosingHandshake {
  /** The payload of the peer's close frame. */
  private answer: Buffer | undefined = undefined;
  /** Whether nothing more is read of the peer. */
  private isPeerDone = false;
  private isPeerGone = false;
  /** The relay's close frame, until it is written. */
  private frame: Buffer | undefined = undefined;
  private isFinished = false;
  private timer: NodeJS.Timeout | undefined = undefined;

  constructor(private readonly stream: Socket) {}

  /** Whether the peer has sent a close frame, and its page was not only left or reloaded. */
  get isFarewell(): boolean {
    return this.answer !== undefined && !isGoingAway(this.answer);
  }

  /** The peer has sent its close frame. The payload is copied. */
  peerSaid(payload: Buffer): void {
    this.answer = Buffer.from(payload);
    this.peerDone();
  }

  /** The peer has ended its side of TCP, without a close frame. */
  peerGone(): void {
    this.isPeerGone = true;
    this.peerDone();
  }

  /** Of the peer nothing more is read. */
  peerDone(): void {
    if (this.isPeerDone) return;
    this.isPeerDone = true;
    if (this.isFinished) this.stream.end();
  }

  /**
   * The relay's close frame. It gives the peer back what it said (RFC 6455 section 5.5.1), and is silent otherwise; a
   * peer that is gone gets none.
   */
  begin(status?: number, reason?: string): Buffer | undefined {
    if (this.isPeerGone) return undefined;
    const payload = this.answer ?? closePayload(status, reason);
    this.frame = payload.length === 0 ? SILENT : controlFrame(CLOSE, payload);
    return this.frame;
  }

  /** Everything that the relay had to say has left, its close frame with it if `isSent`. */
  finish(isSent: boolean): void {
    if (this.isFinished || this.stream.destroyed) return;
    this.isFinished = true;
    // A node that must not say what it has read still says goodbye (B5).
    if (!isSent && this.frame !== undefined) this.stream.write(this.frame);
    this.timer = setTimeout(cutOff, PATIENCE, this.stream);
    if (this.isPeerDone) this.stream.end();
  }

  /** TCP is closed, or about to be. */
  over(): void {
    clearTimeout(this.timer);
  }
}

function cutOff(stream: Socket): void {
  stream.destroy();
}

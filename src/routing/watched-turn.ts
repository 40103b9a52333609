/** A turn of the event loop before which somebody looks at the clock. */
import { EventLoopTurn } from './event-loop-turn.js';

/**
 * For a node that is one of many: it may have been frozen, and must know before what it has read is sent (B5). What
 * begins a turn asks, whatever it is; and so does each piece of bytes from a peer, since a process may be frozen in the
 * middle of a turn, and much may be waiting for it in one socket.
 */
export class WatchedTurn extends EventLoopTurn {
  /** Set once, before the first message. */
  watch: () => void = () => undefined;

  override hear(): void {
    this.watch();
  }

  protected override begun(): void {
    super.begun();
    this.watch();
  }
}

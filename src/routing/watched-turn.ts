/** A turn of the event loop before which somebody looks at the clock. */
import { EventLoopTurn } from './event-loop-turn.js';

/**
 * For a node that is one of many: it may have been frozen, and must know before what it has read is sent (B5). The
 * first message of a turn asks, which is once for all messages that had come together.
 */
export class WatchedTurn extends EventLoopTurn {
  /** Set once, before the first message. */
  watch: () => void = () => undefined;

  protected override begun(): void {
    super.begun();
    this.watch();
  }
}

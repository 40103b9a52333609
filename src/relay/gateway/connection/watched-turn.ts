/** A turn of the event loop that looks at the clock before anything leaves. */
import { EventLoopTurn } from './event-loop-turn.js';

/**
 * For a node that is one of many: it may have been frozen, also in the middle of a turn, and must know before what it
 * has read is sent (B5). So it is asked before each write: much more comes in than goes out, in one.
 */
export class WatchedTurn extends EventLoopTurn {
  /** Who is asked whether all is well; set once, before the first message. */
  watch: { check(): boolean } = { check: () => true };

  override mayLeave(): boolean {
    return this.watch.check();
  }
}

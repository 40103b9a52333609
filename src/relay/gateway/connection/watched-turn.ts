/** A turn of the event loop that looks at the clock before anything leaves. */
import { EventLoopTurn } from './event-loop-turn.js';

/** Says whether all is well with this node. */
export interface Watch {
  check(): boolean;
}

/**
 * For a node that is one of many: it may have been frozen, also in the middle of a turn, and must know before it sends
 * what it has read (B5). So the turn asks before each write: much more comes in than goes out, in one.
 */
export class WatchedTurn extends EventLoopTurn {
  constructor(private readonly watch: Watch) {
    super();
  }

  override mayLeave(): boolean {
    return this.watch.check();
  }
}

/** The turn of Node's event loop. */
import type { Gathering, Turn } from '../rooms/turn.js';

/**
 * `setImmediate` runs right after all sockets that were ready have been read, so that a turn holds what many
 * peers sent at the same moment. A microtask or `nextTick` would run after each socket, and gather nothing
 * where each peer sends one message at a time.
 */
export class EventLoopTurn implements Turn {
  private gatherings: Gathering[] = [];

  atEnd(gathering: Gathering): void {
    if (this.gatherings.push(gathering) === 1) setImmediate(this.end);
  }

  mayLeave(): boolean {
    return true;
  }

  private readonly end = (): void => {
    // A room that is flushed has its players flushed behind it, in this same loop.
    for (let i = 0; i < this.gatherings.length; i++) flush(this.gatherings[i]!);
    this.gatherings = [];
  };
}

function flush(gathering: Gathering): void {
  try {
    gathering.flush();
  } catch (error) {
    gathering.failed(error);
  }
}

/** One turn of the event loop, at whose end everything gathered for a connection leaves in one write. */

/** Something that gathers bytes during a turn. */
export interface Gathering {
  /** Lets go of what was gathered. Called once for each {@link Turn.atEnd}. */
  flush(): void;
  /** Called when that threw: an error of ours, which ends this gathering's connection and no other (E9). */
  failed(error: unknown): void;
}

/** The clock of the message path: an interface, so that rooms need no timers and tests decide when a turn ends. */
export interface Turn {
  /**
   * Has `gathering` flushed when the current turn of the event loop ends, in the order of the calls; a large one behind
   * the others, since small ones are many and soon done.
   */
  atEnd(gathering: Gathering, isLarge?: boolean): void;
  /**
   * Whether what was gathered may leave, asked right before it does. If not, it is dropped, and its connection has
   * ended.
   */
  mayLeave(): boolean;
}

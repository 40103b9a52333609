/** A room's hold on its code. */

export interface Claim {
  /**
   * Whether the room may let a player in at this very moment. Asked inline at each admission: a node that was
   * frozen learns here, and not by a timer, that its code may be another's by now (B5).
   */
  readonly admits: boolean;
  /** Lets go of the code. Safe to call again. */
  release(): void;
}

/** The hold of a relay that is alone: what its directory says is all there is. */
export const SOLE_CLAIM: Claim = { admits: true, release: () => undefined };

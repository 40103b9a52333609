/** Whether the players of a room are read from, and why not. */
import { HoldReason, type Peer } from './peer.js';
import type { Player } from './player.js';

/** Bits: there may be several. */
export const HoldCause = {
  /** The host does not keep up with what it is sent (A9). */
  SlowHost: 1,
  /** The host is away: nothing that its players say is lost (R24). */
  HostAway: 2,
} as const;
export type HoldCause = (typeof HoldCause)[keyof typeof HoldCause];

/** To the players these are one reason: they are held from the first cause on, until none is left. */
export class Holding {
  private causes = 0;

  constructor(private readonly players: ReadonlySet<Player>) {}

  set(cause: HoldCause, isThere: boolean): void {
    const before = this.causes;
    this.causes = isThere ? before | cause : before & ~cause;
    if ((before !== 0) === (this.causes !== 0)) return;
    for (const { peer } of this.players) {
      if (isThere) peer.hold(HoldReason.Host);
      else peer.release(HoldReason.Host);
    }
  }

  /** A peer that is new among the players is held as the others are. */
  settle(peer: Peer): void {
    if (this.causes !== 0) peer.hold(HoldReason.Host);
  }
}

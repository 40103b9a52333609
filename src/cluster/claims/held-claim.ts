/** A claim of this node. */
import type { Claim } from '../../relay/rooms/claim.js';
import type { Claims } from './claims.js';
import type { Membership } from './membership.js';

/** One code, held. */
export class HeldClaim implements Claim {
  isReleased = false;

  constructor(
    readonly serverCode: string,
    private readonly claims: Claims,
    private readonly membership: Membership,
    private readonly stopListening: () => void,
  ) {}

  get admits(): boolean {
    return !this.isReleased && this.membership.isTrusted;
  }

  release(): void {
    if (this.isReleased) return;
    this.isReleased = true;
    this.stopListening();
    void this.claims.letGo(this);
  }

  /** The claim is lost already: there is nothing to let go of at the broker. */
  forget(): void {
    this.isReleased = true;
    this.stopListening();
  }
}

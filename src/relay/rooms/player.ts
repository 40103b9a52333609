/** A phone in a room. */
import { stampOf } from '../protocol/player-message.js';
import { ownCopy } from './own-copy.js';
import type { Peer } from './peer.js';
import type { Room } from './room.js';
import type { Seat } from './seat.js';

export class Player {
  /**
   * Whether the player is written to on its own in this turn, because it was sent something that the
   * others were not, or missed something that they were sent. See {@link Broadcast}.
   */
  apart = false;
  private ownStamp: Buffer | undefined = undefined;

  constructor(
    readonly room: Room,
    readonly clientId: string,
    private currentPeer: Peer,
    /** What it has beside its connection, if it has asked or is away. */
    public seat: Seat | undefined = undefined,
  ) {}

  get isAway(): boolean {
    return this.seat?.isAway === true;
  }

  /** Who has the player's place now. */
  get peer(): Peer {
    return this.currentPeer;
  }

  /** What is said to the player goes to `peer` from now on; the peer before it is nothing to the room. */
  changePeer(peer: Peer): void {
    this.currentPeer = peer;
  }

  /** The `client_id` member as it stands in each of the player's messages (P1): made when there is one. */
  get stamp(): Buffer {
    // It stays as long as the player, and must not keep a whole pool of Node's in memory.
    return (this.ownStamp ??= ownCopy(stampOf(this.clientId)));
  }
}

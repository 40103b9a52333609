/** A phone in a room. */
import { stampOf } from '../protocol/player-message.js';
import type { Peer } from './peer.js';
import type { Room } from './room.js';

export class Player {
  /** The `client_id` member as it stands in each of the player's messages (P1). */
  readonly stamp: Buffer;

  /**
   * Whether the player is written to on its own in this turn, because it was sent something that the
   * others were not, or missed something that they were sent. See {@link Broadcast}.
   */
  apart = false;

  constructor(
    readonly room: Room,
    readonly clientId: string,
    readonly peer: Peer,
  ) {
    this.stamp = stampOf(clientId);
  }
}

/** What a game hears from `PartyHost`. */
import type { Rejection } from './reason.js';
import type { Status } from './status.js';

export interface BackInfo {
  /** True if nothing is missing of what was said meanwhile. */
  readonly resumed: boolean;
}

export interface JoinInfo {
  /** True if the player never left: it kept its place, or an older connection under this id still counts. */
  readonly back: boolean;
}

export interface HostEvents<FromPlayer> {
  /**
   * A player has a new connection, which has seen nothing yet: greet it. A phone that reloads or changes its network
   * may join several times before it leaves once.
   */
  join: [clientId: string, info: JoinInfo];
  /** No connection of the player is left, and no place is kept for it. */
  leave: [clientId: string];
  /** The player's connection is lost; its place is kept for `grace`. */
  away: [clientId: string];
  /** The player that was away has a connection again. Unless it resumes, `join` comes too. */
  back: [clientId: string, info: BackInfo];
  message: [message: FromPlayer, clientId: string];
  /** A message was too large to be sent. */
  rejected: [rejection: Rejection];
  status: [status: Status];
}

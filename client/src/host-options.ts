/** What a game may ask of `PartyHost`. */
import type { ConnectionOptions } from './options.js';

export interface HostOptions extends ConnectionOptions {
  /**
   * The code to open the party under. Unless given, a page that was reloaded asks for the one that it had, and any other
   * proposes one, and another when it is taken.
   */
  readonly code?: string;
  /**
   * A code to ask for first. If this page held it a moment ago it insists on it for as long as the relay can still count
   * the connection before, 65 seconds; if it is taken all the same, one is proposed.
   */
  readonly preferredCode?: string;
  /** How long a player whose connection is lost keeps its place, in milliseconds. Default 30,000. */
  readonly grace?: number;
  /** How long the players of a host whose connection is lost wait for it at the relay, in milliseconds. Default 60,000. */
  readonly hold?: number;
  /** Whether an id is one player: who comes under it takes its place. Default false. */
  readonly unique?: boolean;
}

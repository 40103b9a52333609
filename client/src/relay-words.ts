/** What the relay itself says to who has asked for it by a member `$relay` of the login. */
import { type Message, readObject } from './message.js';

const START = '{"$relay":"';

/** `welcome`, `away`, `back` or `error`, and what the relay says besides. */
export type Word = Message & { readonly $relay: string };

/** The first word on each connection that has asked. */
export interface Welcome extends Word {
  readonly $relay: 'welcome';
  /** Names what both sides say from now on; none if the login had no key. */
  readonly stream?: string;
  /** True if the stream that the login named goes on: everything that was missed follows. */
  readonly resumed: boolean;
  /** How many messages of this peer the relay has taken in the stream. */
  readonly got: number;
  /** For how many seconds the room of a host waits for it. */
  readonly hold?: number;
  /** To a player: `away` while its host is. */
  readonly host?: string;
}

/**
 * Undefined for what a peer said. The relay speaks to a host in binary frames, in which nothing else comes, and to a
 * player in text.
 */
export function readWord(data: unknown, toHost: boolean): Word | undefined {
  if (toHost ? typeof data === 'string' : typeof data !== 'string' || !data.startsWith(START))
    return undefined;
  const word = readObject(data);
  return typeof word?.['$relay'] === 'string' ? (word as Word) : undefined;
}

export function isWelcome(word: Word | undefined): word is Welcome {
  return word?.$relay === 'welcome';
}

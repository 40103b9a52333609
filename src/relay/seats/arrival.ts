/** A peer that logs in to a seat, or comes back to one. */
import type { Message } from '../protocol/message.js';
import type { Ending } from '../rooms/endings.js';
import type { Peer } from '../rooms/peer.js';
import type { Stream } from '../rooms/streams/stream.js';

export interface Arrival extends Peer {
  /** Says what was granted, in front of everything else, and what it has missed. What follows belongs to the stream. */
  welcome(words: Message, stream: Stream | undefined, missed: readonly Buffer[]): void;
}

/** The connection that a seat had last, as a backend knows it. */
export interface Former {
  readonly address: string;
  /** What the authorizer has said of it (L16). */
  readonly context: unknown;
  /** Why that connection ended, or why its seat was given up, if that is not by time. */
  readonly ending: Ending;
}

/** Its seat, or its room, was given up by that ending: by `left` when no connection took it in time. */
export function givenUp(former: Former, ending: Ending): Former {
  return ending === 'left' ? former : { ...former, ending };
}

/** Learns of seats that are given up. */
export interface SeatListener {
  gaveUp(seat: GivenUp): void;
}

export interface GivenUp extends Former {
  readonly serverCode: string;
  /** A host has none. */
  readonly clientId: string | undefined;
}

/**
 * Common mistakes of games, and their fixes. The relay reports only what is certain: whatever the network, the
 * household or the engine does, it never accuses a correct game. So it says nothing about phones that come back
 * under a new id: they look as several phones behind one address do.
 */

export type FindingKind =
  | 'receiver-not-text'
  | 'receiver-in-no-json'
  | 'receiver-never-here'
  | 'unsafe-integer'
  | 'large-message'
  | 'identical-messages'
  | 'phones-without-key';

interface Mistake {
  /** What the game does, to be put behind its code in a sentence. */
  readonly meaning: string;
  /** A sentence that says what to do. */
  readonly fix: string;
}

export const MISTAKES: Readonly<Record<FindingKind, Mistake>> = {
  'receiver-not-text': {
    meaning: 'sends a receiver_id that is not a string, so that no player gets the message',
    fix: 'Write "receiver_id": "467", in quotes.',
  },
  'receiver-in-no-json': {
    meaning: 'sends a receiver_id in text that is not JSON, so that all players get the message',
    fix: 'Send JSON: without nan or inf, a comma after the last member, or a byte order mark.',
  },
  'receiver-never-here': {
    meaning: 'sends to a receiver_id that no player ever had',
    fix: 'Use the client_id of a connect notice unchanged.',
  },
  'unsafe-integer': {
    meaning: 'has an integer beyond 2^53 in a message, which JavaScript rounds',
    fix: 'Send it as a string.',
  },
  'large-message': {
    meaning:
      'gets a message larger than 64 KiB, which a Godot game does not receive unless it sets larger buffers',
    fix: 'In Godot 3 call set_buffers, in Godot 4 set inbound_buffer_size, or send smaller messages.',
  },
  'identical-messages': {
    meaning: 'has a device that sent the same message more than 60 times in a second',
    fix: 'Send only what has changed, once per frame.',
  },
  'phones-without-key': {
    meaning:
      'asks for grace, but its phones bring no key, so that they miss what is said while they are away',
    fix: 'Give each phone a key: see "Staying" in PROTOCOL.md.',
  },
};

export const FINDING_KINDS = Object.keys(MISTAKES) as readonly FindingKind[];

/** One mistake of one room, noted when it was first seen. */
export interface Finding {
  readonly at: Date;
  /** The host's own text: escape it for where it is shown. */
  readonly serverCode: string;
  readonly kind: FindingKind;
  /** How often it was seen in the room so far. What is looked for now and then happens more often than it is seen. */
  times: number;
}

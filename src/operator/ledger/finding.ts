/**
 * What makers of games get wrong, and how it is done right. Only what is certain is told: whatever the network, the
 * household or the engine does, a game that is right is never accused. So nothing is said of phones that come back
 * under a new id: they look as several phones behind one address do.
 */

export type FindingKind =
  | 'receiver-not-text'
  | 'receiver-in-no-json'
  | 'receiver-never-here'
  | 'unsafe-integer'
  | 'large-message'
  | 'identical-messages';

interface Mistake {
  /** What the game does, to be put behind its code in a sentence. */
  readonly meaning: string;
  /** A sentence that says what to do. */
  readonly fix: string;
}

export const MISTAKES: Readonly<Record<FindingKind, Mistake>> = {
  'receiver-not-text': {
    meaning: 'sends a receiver_id that is not text, so that nobody gets the message',
    fix: 'Write "receiver_id": "467", in quotes.',
  },
  'receiver-in-no-json': {
    meaning: 'sends text that names a receiver_id and is no JSON, so that everybody gets the message',
    fix: 'Send JSON: no nan or inf, no comma behind the last member, and no byte order mark in front.',
  },
  'receiver-never-here': {
    meaning: 'sends to a receiver_id that no player ever had',
    fix: 'Use the client_id of a connect notice, as it is.',
  },
  'unsafe-integer': {
    meaning: 'has an integer beyond 2^53 in a message, which JavaScript rounds to another one',
    fix: 'Send it as text.',
  },
  'large-message': {
    meaning:
      'is sent a message larger than 64 KiB, which no game made with Godot gets unless it asks for larger buffers',
    fix: 'In Godot 3 call set_buffers, in Godot 4 set inbound_buffer_size, or send less at once.',
  },
  'identical-messages': {
    meaning: 'has a device from which the same message came more than 60 times in a second',
    fix: 'Send only what has changed, once per frame.',
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

/** What makers of games get wrong, and how it is done right. */

export type FindingKind =
  | 'receiver-not-text'
  | 'receiver-never-here'
  | 'unsafe-integer'
  | 'large-message'
  | 'new-id-each-time'
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
  'receiver-never-here': {
    meaning: 'sends to a receiver_id that no player ever had',
    fix: 'Use the client_id of a connect notice, as it is.',
  },
  'unsafe-integer': {
    meaning: 'has an integer beyond 2^53 in a message, which JavaScript and Godot round to another one',
    fix: 'Send it as text.',
  },
  'large-message': {
    meaning: 'has a message larger than 64 KiB, the buffer of Godot 3',
    fix: 'Send less at once, or call set_buffers in the game.',
  },
  'new-id-each-time': {
    meaning: 'has phones that come back with a new client_id, and takes them for new players',
    fix: 'Keep the id in localStorage.',
  },
  'identical-messages': {
    meaning: 'has a device that sends the same message more than 60 times a second',
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
  /** How often it was seen in the room so far. What is looked for in samples is seen much more seldom than it happens. */
  times: number;
}

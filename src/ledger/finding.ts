/** What makers of games get wrong, and how it is done right. */

export type FindingKind =
  | 'receiver-not-text'
  | 'receiver-never-here'
  | 'unsafe-integer'
  | 'large-message'
  | 'new-id-each-time'
  | 'identical-messages';

/** For each finding a sentence that says what is wrong, and one that says what to do. */
export const FIXES: Readonly<Record<FindingKind, string>> = {
  'receiver-not-text':
    'The game sends a receiver_id that is not text, so that nobody gets the message. Write "receiver_id": "467", in quotes.',
  'receiver-never-here':
    'The game sends to a receiver_id that no player ever had. Use the client_id of a connect notice, as it is.',
  'unsafe-integer':
    'A message has an integer beyond 2^53, which JavaScript and Godot round to another one. Send it as text.',
  'large-message':
    'A message is larger than 64 KiB, the buffer of Godot 3. Send less at once, or call set_buffers in the game.',
  'new-id-each-time':
    'Phones come back with a new client_id, so the game takes them for new players. Keep the id in localStorage.',
  'identical-messages':
    'A device sends the same message more than 60 times a second. Send only what has changed, once per frame.',
};

export const FINDING_KINDS = Object.keys(FIXES) as readonly FindingKind[];

/** One mistake of one room, noted when it was first seen. */
export interface Finding {
  readonly at: Date;
  /** The host's own text: escape it for where it is shown. */
  readonly serverCode: string;
  readonly kind: FindingKind;
  readonly fix: string;
  /** How often it was seen in the room so far. What is looked for in samples is seen much more seldom than it happens. */
  times: number;
}

/** What the stream between two nodes is made of. A record has a type, a number that it is about, and bytes. */

/**
 * The node that hosts a room numbers the room, the node that has a player numbers the player. Bytes are whole
 * WebSocket frames as their receivers get them, so that nothing is framed or read twice.
 */
export const RecordType = {
  // From the node of the host.
  /** The player is in the room: the number of the room, 1 if its players are held, and what is known of the room. */
  Joined: 1,
  /** Frames for all players of the room on this node. */
  ToAll: 2,
  /** Frames for some: how many, their numbers, the frames. */
  ToSome: 3,
  /** Frames for one player. */
  ToOne: 4,
  /** The player is to be ended: the ending. */
  Ended: 5,
  /** Another connection has the place of the player: the stream that it goes on with, if with any. */
  Taken: 6,
  /** The players of the room are not to be read from, and read again. */
  Hold: 7,
  Release: 8,
  /** What is known of the room has changed. */
  Facts: 9,
  // From the node of a player.
  /** Frames for the host of the room. */
  ToHost: 10,
  /** The player is gone. */
  Gone: 11,
  /** The player's connection is lost, and its seat is kept. */
  Away: 12,
  /** It has another connection to the same node, with which its stream goes on. */
  Back: 13,
} as const;
export type RecordType = (typeof RecordType)[keyof typeof RecordType];

/** Type, number and length of the bytes. */
export const RECORD_HEADER_LENGTH = 9;

/** Takes a record; the bytes are only lent. */
export type RecordHandler = (type: RecordType, about: number, bytes: Buffer) => void;

/** Bytes came that no node makes. */
export class GarbledError extends Error {}

export function isRecordType(type: number | undefined): type is RecordType {
  return type !== undefined && type >= RecordType.Joined && type <= RecordType.Back;
}

/** Looks at a sample of a room's messages. */

export interface Inspector {
  /** Sees a message of the host or of a player before it goes on; `sender` tells one from another. Keeps no payload. */
  look(sender: object, payload: Buffer): void;
}

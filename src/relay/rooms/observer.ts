/** Sees each message of one room, both ways (C18). It keeps no payload: the bytes are used again. */
import type { Message } from '../protocol/message.js';

export interface Observer {
  /** A message of the host, before it goes on. */
  fromHost(payload: Buffer, isBinary: boolean): void;
  /** A message of a player of this node, as its host gets it. */
  toHost(message: Message): void;
  /** Messages of players of another node, as frames for their host. */
  framesToHost(frames: Buffer): void;
}

/** What a room knows of a connection, wherever its socket is. */
import type { Message } from '../protocol/message.js';
import type { Ending } from './endings.js';

export interface Peer {
  /** Takes the message for delivery, behind everything taken before. Never blocks, never throws for a slow or gone peer. */
  send(message: Message): void;
  /** Takes whole frames, likewise. Other peers are given the same bytes, so nobody ever changes them. */
  sendFrames(frames: Buffer): void;
  /** Ends the peer's session for the given reason, with all that follows for its room. */
  end(ending: Ending): void;
}

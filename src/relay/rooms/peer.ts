/** What a room knows of a connection, wherever its socket is. */
import type { Message } from '../protocol/message.js';
import type { Ending } from './endings.js';

export interface Peer {
  /** Takes the message for delivery, behind everything taken before. Never blocks, never throws for a slow or gone peer. */
  send(message: Message): void;
  /**
   * Takes whole frames in the same way; `messages` is how many there are. Other peers are given the same bytes, so none
   * of them changes them.
   */
  sendFrames(frames: Buffer, messages: number): void;
  /** Stops reading from the peer, so that TCP slows it down and nothing is lost, until {@link Peer.release}. */
  hold(reason: HoldReason): void;
  release(reason: HoldReason): void;
  /** Ends the peer's session for the given reason, with all that follows for its room. */
  end(ending: Ending): void;
  /** Ends it because of an error of ours. */
  fail(error: unknown): void;
  /** Whether its connection is on another node. */
  readonly isElsewhere?: boolean;
  /**
   * Ends it because another connection takes its place, which goes on with that stream, if with any. Only a peer whose
   * stream is elsewhere has this: whether the stream is its own is known there.
   */
  giveWay?(stream: string | undefined): void;
}

/** Why a peer is not read from. It is read again when no reason is left. */
export const HoldReason = {
  /** A message waits for the answer to the login. */
  Login: 1,
  /** Its host does not keep up with what it is sent, or is away. */
  Host: 2,
  /** It sends more than its rate. */
  Rate: 4,
  /** Another node does not keep up with what it is sent. */
  Link: 8,
  /** More of it was read than this turn of the event loop has time for. */
  Turn: 16,
} as const;
export type HoldReason = (typeof HoldReason)[keyof typeof HoldReason];

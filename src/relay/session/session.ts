/** A connection's life, from its first byte to its ending. */
import type { Arrival } from '../seats/arrival.js';
import type { Message } from '../protocol/message.js';
import type { Ending } from '../rooms/endings.js';
import type { HoldReason } from '../rooms/peer.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import type { Stream } from '../rooms/streams/stream.js';
import type { Connection } from './connection.js';

/** Each phase has only what is known in it. */
export type Phase =
  | { readonly name: 'awaiting-login' }
  | {
      readonly name: 'logging-in';
      readonly role: 'host' | 'player';
      readonly serverCode: string;
      readonly clientId?: string;
    }
  | { readonly name: 'host'; readonly room: Room }
  | { readonly name: 'player'; readonly player: Player }
  | { readonly name: 'ended'; readonly ending: Ending };

export const AWAITING_LOGIN: Phase = { name: 'awaiting-login' };

/** What moves sessions from phase to phase. */
export interface SessionOwner {
  end(session: Session, ending: Ending): void;
  fail(session: Session, error: unknown): void;
}

/** Owned by the SessionService, which alone moves it from phase to phase. To its room it is the peer. */
export class Session implements Arrival {
  phase: Phase = AWAITING_LOGIN;
  /** What the authorizer of the backend has said of it (L16). */
  context: unknown = undefined;
  /** When its login was granted, in milliseconds of the monotonic clock; not a number before that. */
  loggedInAt = NaN;

  /** Whether its login asked the relay to speak to it (R1). */
  hasAsked = false;
  /** Whether it took a seat, or a room, that was its own (R8, R23). */
  hasReturned = false;

  constructor(
    readonly connection: Connection,
    private readonly owner: SessionOwner,
  ) {}

  get isEnded(): boolean {
    return this.phase.name === 'ended';
  }

  /** Why it has ended, if it has. */
  get ending(): Ending | undefined {
    return this.phase.name === 'ended' ? this.phase.ending : undefined;
  }

  send(message: Message): void {
    this.connection.send(message);
  }

  sendFrames(frames: Buffer, messages: number): void {
    this.connection.sendFrames(frames, messages);
  }

  welcome(words: Message, stream: Stream | undefined, missed: readonly Buffer[]): void {
    this.connection.send(words);
    if (stream !== undefined) this.connection.carry(stream);
    for (const frames of missed) this.connection.sendFrames(frames, 1);
  }

  hold(reason: HoldReason): void {
    this.connection.hold(reason);
  }

  release(reason: HoldReason): void {
    this.connection.release(reason);
  }

  end(ending: Ending): void {
    this.owner.end(this, ending);
  }

  /** Ends the session because of an error of ours (E9). */
  fail(error: unknown): void {
    this.owner.fail(this, error);
  }
}

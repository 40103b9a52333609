/** What a host says to its players during one turn of the event loop. */
import type { Message } from '../protocol/message.js';
import { FrameBatch } from './frame-batch.js';
import type { Peer } from './peer.js';
import type { Player } from './player.js';
import type { Gathering, Turn } from './turn.js';

/** Bytes after which a batch leaves before its turn ends, so that the network is not kept waiting. */
export const EAGER_FLUSH = 64 * 1024;

/**
 * Frames a broadcast once and gives the same bytes to every player.
 *
 * Players who were all sent the same in this turn share one batch. A player who also got a unicast,
 * or who joined in the middle of the turn, is **apart** until the turn ends: it is handed what the
 * others had so far, and from then on each message on its own, so that its order stays that of its host (H7).
 */
export class Broadcast implements Gathering {
  private batch: FrameBatch | undefined;
  /** Messages in the batch. */
  private messages = 0;
  private readonly apart: Player[] = [];
  private scheduled = false;

  constructor(
    private readonly players: ReadonlySet<Player>,
    private readonly turn: Turn,
    private readonly room: { readonly host: Peer },
  ) {}

  toAll(message: Message): void {
    this.messages++;
    this.schedule();
    if (this.batch === undefined) this.batch = FrameBatch.of(message);
    else this.batch.append(message);
    for (const player of this.apart) player.peer.send(message);
    if (this.batch.byteLength >= EAGER_FLUSH) this.flush();
  }

  /** Sends to those who share an id: nearly always one, and if there are more it is framed once for all of them. */
  toSome(players: readonly Player[], message: Message): void {
    const frames = players.length > 1 ? FrameBatch.of(message).take() : undefined;
    for (const player of players) {
      this.separate(player);
      if (frames === undefined) player.peer.send(message);
      else player.peer.sendFrames(frames, 1);
    }
  }

  /** A player who joins has missed what was said before, also earlier in this turn (H8). */
  setApart(player: Player): void {
    player.apart = true;
    this.apart.push(player);
    this.schedule();
  }

  /** As {@link setApart}, also for a player that is apart already. */
  leaveOut(player: Player): void {
    if (!player.apart) this.setApart(player);
  }

  flush(): void {
    this.scheduled = false;
    const frames = this.batch?.take();
    const { messages } = this;
    this.batch = undefined;
    this.messages = 0;
    if (frames !== undefined) {
      for (const player of this.players) if (!player.apart) player.peer.sendFrames(frames, messages);
    }
    for (const player of this.apart) player.apart = false;
    this.apart.length = 0;
  }

  failed(error: unknown): void {
    this.room.host.fail(error);
  }

  private separate(player: Player): void {
    if (player.apart) return;
    this.setApart(player);
    if (this.batch !== undefined) player.peer.sendFrames(this.batch.take(), this.messages);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.turn.atEnd(this);
  }
}

/** Players of this node that wait for a seat in a room on another node. */
import type { Ending } from '../../relay/rooms/endings.js';
import type { Player } from '../../relay/rooms/player.js';
import type { WaitingPlayer } from '../../relay/session/backbone.js';

export interface PendingSeat {
  readonly serverCode: string;
  readonly player: WaitingPlayer;
  answer(answer: Player | Ending): void;
}

/** Numbers each player, once: by this number all nodes know it. */
export class PendingSeats {
  private readonly byRef = new Map<number, PendingSeat>();
  private last = 0;

  add(join: PendingSeat): number {
    this.byRef.set(++this.last, join);
    return this.last;
  }

  /** Whether the player still waits for it. */
  isAwaited(ref: number): boolean {
    return this.byRef.get(ref)?.player.isEnded === false;
  }

  /** The seat, if a player still waits for it; it is not pending after that. */
  take(ref: number): PendingSeat | undefined {
    const join = this.byRef.get(ref);
    this.byRef.delete(ref);
    return join;
  }

  refuse(ref: number, ending: Ending): void {
    this.take(ref)?.answer(ending);
  }

  refuseAll(ending: Ending): void {
    for (const ref of [...this.byRef.keys()]) this.refuse(ref, ending);
  }
}

/** The rooms of other nodes that have players of this node, by their codes. */
import type { Player } from '../../relay/rooms/player.js';
import type { RemoteRoom } from './remote-room.js';

/** For a moment one code may have several: its former room is not known to be lost, and another node has the code already. */
export class StandIns {
  private readonly byCode = new Map<string, readonly RemoteRoom[]>();

  add(room: RemoteRoom): void {
    this.byCode.set(room.serverCode, [...this.under(room.serverCode), room]);
  }

  delete(room: RemoteRoom): void {
    const others = this.under(room.serverCode).filter((other) => other !== room);
    if (others.length === 0) this.byCode.delete(room.serverCode);
    else this.byCode.set(room.serverCode, others);
  }

  /** The players of this node that have the id in rooms of the code. */
  playersWith(serverCode: string, clientId: string): readonly Player[] {
    return this.under(serverCode).flatMap((room) => room.playersWith(clientId));
  }

  private under(serverCode: string): readonly RemoteRoom[] {
    return this.byCode.get(serverCode) ?? NO_ROOMS;
  }
}

const NO_ROOMS: readonly RemoteRoom[] = [];

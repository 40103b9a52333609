/** What a backend that embeds the relay may ask about it. */
import { Injectable } from '@nestjs/common';
import { Backbone, BackboneAway } from './backbone/backbone.js';
import { RoomDirectory } from './rooms/room-directory.js';

/** A party as it is at the moment of asking. */
export interface RoomSummary {
  readonly serverCode: string;
  /** Connected players; two with one `client_id` count twice. */
  readonly players: number;
  readonly openedAt: Date;
}

/** Read access only: nothing that is done with it changes what a host or player receives. */
@Injectable()
export class RelayService {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly backbone: Backbone,
  ) {}

  /**
   * Whether players can join under the code now, on whichever node its host is. Rejects with {@link BackboneAway} while
   * this node is cut off from the others, since only they may know.
   */
  async isOpen(serverCode: string): Promise<boolean> {
    const room = this.directory.find(serverCode);
    if (room === undefined) return this.backbone.isOpenElsewhere(serverCode);
    if (!room.claim.admits) throw new BackboneAway();
    return true;
  }

  /** The parties whose hosts are connected to this node; a relay of many nodes has others. */
  rooms(): RoomSummary[] {
    return [...this.directory.rooms].map(({ serverCode, players, openedAt }) => ({
      serverCode,
      players: players.size,
      openedAt,
    }));
  }

  /** Whether {@link rooms} has the code. Of many nodes this is one: ask {@link isOpen} whether a party can be joined. */
  hasRoom(serverCode: string): boolean {
    return this.directory.find(serverCode) !== undefined;
  }
}

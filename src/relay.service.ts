/** What a backend that embeds the relay may ask about it. */
import { Injectable } from '@nestjs/common';
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
  constructor(private readonly directory: RoomDirectory) {}

  rooms(): RoomSummary[] {
    return [...this.directory.rooms].map(({ serverCode, players, openedAt }) => ({
      serverCode,
      players: players.size,
      openedAt,
    }));
  }

  hasRoom(serverCode: string): boolean {
    return this.directory.find(serverCode) !== undefined;
  }
}

/** Tells a peer that asks by HTTP which connections of that peer this node still has. */
import { Injectable } from '@nestjs/common';
import type { Peer } from '../rooms/peer.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import { Backbone } from '../session/backbone.js';
import { Session } from '../session/session.js';

/** A question costs a look at the players of one id, not at all connections: an attacker may ask many times a second. */
@Injectable()
export class Presence {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly backbone: Backbone,
  ) {}

  /**
   * How many milliseconds ago each connection logged in that is open from the address under the code and id, the newest
   * first; without an id that of the host. The ages are those of the monotonic clock (A28).
   */
  ages(address: string, serverCode: string, clientId?: string): number[] {
    // Peers on a socket of this machine have no address by which one could be told from another.
    if (address === '') return [];
    const now = performance.now();
    return (
      this.peers(serverCode, clientId)
        .filter((peer) => peer instanceof Session)
        .filter(({ connection }) => connection.remoteAddress === address)
        .map(({ loggedInAt }) => now - loggedInAt)
        // A room has its host, and a stand-in its player, a moment before the login is granted.
        .filter((age) => !Number.isNaN(age))
        .sort((one, other) => one - other)
    );
  }

  private peers(serverCode: string, clientId: string | undefined): Peer[] {
    const room = this.directory.find(serverCode);
    if (clientId === undefined) return room === undefined ? [] : [room.host];
    const players = [...(room?.playersWith(clientId) ?? []), ...this.backbone.visitors(serverCode, clientId)];
    return players.map(({ peer }) => peer);
  }
}

/** What a node answers to those who want a seat in one of its rooms for a player of theirs. */
import type { RoomDirectory } from '../rooms/room-directory.js';
import type { LinkHub } from './link-hub.js';
import { type JoinRequest, readJoinRequest } from './link/record-bodies.js';
import { GRANTED } from './seats-elsewhere.js';

/** Requests that are remembered: one that comes twice seats a player once. */
const REMEMBERED = 1_000;

/** The limits of a room are those of its own node; those of the player's address are the player's node's (B9). */
export class Admission {
  private readonly seen = new Set<string>();

  constructor(
    private readonly rooms: RoomDirectory,
    private readonly hub: LinkHub,
    private readonly maxPlayersPerRoom: number,
  ) {}

  answer(serverCode: string, bytes: Buffer): string {
    const { node, ref, clientId }: JoinRequest = readJoinRequest(bytes);
    const room = this.rooms.find(serverCode);
    if (room === undefined) return 'no-such-code';
    if (!room.claim.admits) return 'backbone-away';
    const isFull = this.maxPlayersPerRoom > 0 && room.players.size >= this.maxPlayersPerRoom;
    if (isFull) return 'room-full';
    if (this.isNew(`${node} ${ref}`)) this.hub.guestsFrom(node).join(room, ref, clientId);
    return GRANTED;
  }

  private isNew(request: string): boolean {
    if (this.seen.has(request)) return false;
    this.seen.add(request);
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.values().next().value ?? request);
    return true;
  }
}

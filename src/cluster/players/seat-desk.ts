/** Answers other nodes that request a seat in a room of this node for one of their players. */
import { createHash } from 'node:crypto';
import type { Ending } from '../../relay/rooms/endings.js';
import type { Player } from '../../relay/rooms/player.js';
import type { RoomDirectory } from '../../relay/rooms/room-directory.js';
import type { Room } from '../../relay/rooms/room.js';
import type { PlayerSeats, SeatWish } from '../../relay/seats/player-seats.js';
import type { LinkHub } from './link-hub.js';
import { type JoinRequest, readJoinRequest } from '../link/requests.js';
import type { LivingNodes } from '../link/living-nodes.js';
import { GRANTED } from './seat-requests.js';

/** Requests that are remembered, by their digests: one that comes twice seats a player once. */
const REMEMBERED = 1_000;

/** The node of a room applies the limits of the room; the node of a player applies those of the address (B9). */
export class SeatDesk {
  private readonly seen = new Set<string>();

  constructor(
    private readonly rooms: RoomDirectory,
    private readonly seats: PlayerSeats,
    private readonly hub: LinkHub,
    private readonly living: LivingNodes,
    private readonly maxPlayersPerRoom: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Answers a request, now or when it is known that the asking node lives; other bytes get no answer. */
  hear(serverCode: string, bytes: Buffer, answer: (word: string) => void): void {
    const request = readJoinRequest(bytes);
    if (request === undefined) return;
    const place = this.placeFor(serverCode, request.wish);
    if (typeof place === 'string') return answer(place);
    const digest = createHash('sha1').update(`${serverCode} `).update(bytes).digest('base64');
    if (this.living.isKnown(request.node)) return answer(this.seat(serverCode, request, digest));
    void this.ask(serverCode, request, digest, answer);
  }

  private async ask(
    serverCode: string,
    request: JoinRequest,
    digest: string,
    answer: (word: string) => void,
  ): Promise<void> {
    try {
      const isLiving = (await this.living.ask(request.node)) === true;
      answer(isLiving ? this.seat(serverCode, request, digest) : 'backbone-away');
    } catch (error) {
      this.failed(error);
    }
  }

  /** @param digest that of all of the request: a forged one must not block the player that gets that number later. */
  private seat(serverCode: string, { node, ref, wish }: JoinRequest, digest: string): string {
    // Much may have happened while the broker was asked.
    const place = this.placeFor(serverCode, wish);
    if (typeof place === 'string') return place;
    if (this.isNew(digest)) this.hub.guestsFrom(node).join(place.room, ref, wish, place.own);
    return GRANTED;
  }

  /** Where the player may sit: in a seat that is its own, if it comes back to one; or why nowhere. */
  private placeFor(
    serverCode: string,
    wish: SeatWish,
  ): { readonly room: Room; readonly own: Player | undefined } | Ending {
    const room = this.rooms.find(serverCode);
    if (room === undefined) return 'no-such-code';
    if (!room.claim.admits) return 'backbone-away';
    const own = this.seats.find(room, wish);
    if (typeof own === 'string') return own;
    const isFull = this.maxPlayersPerRoom > 0 && room.players.size >= this.maxPlayersPerRoom;
    return isFull && own === undefined ? 'room-full' : { room, own };
  }

  private isNew(request: string): boolean {
    if (this.seen.has(request)) return false;
    this.seen.add(request);
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.values().next().value ?? request);
    return true;
  }
}

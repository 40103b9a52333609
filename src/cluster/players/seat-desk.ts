/** Answers other nodes that request a seat in a room of this node for one of their players. */
import { createHash } from 'node:crypto';
import type { Ending } from '../../relay/rooms/endings.js';
import type { RoomDirectory } from '../../relay/rooms/room-directory.js';
import type { LinkHub } from './link-hub.js';
import { type JoinRequest, readJoinRequest } from '../link/record-bodies.js';
import type { LivingNodes } from '../link/living-nodes.js';
import { GRANTED } from './seat-requests.js';

/** Requests that are remembered, by their digests: one that comes twice seats a player once. */
const REMEMBERED = 1_000;

/** The node of a room applies the limits of the room; the node of a player applies those of the address (B9). */
export class SeatDesk {
  private readonly seen = new Set<string>();

  constructor(
    private readonly rooms: RoomDirectory,
    private readonly hub: LinkHub,
    private readonly living: LivingNodes,
    private readonly maxPlayersPerRoom: number,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Answers a request, now or when it is known that the asking node lives; other bytes get no answer. */
  hear(serverCode: string, bytes: Buffer, answer: (word: string) => void): void {
    const request = readJoinRequest(bytes);
    if (request === undefined) return;
    const refusal = this.refusalOf(serverCode);
    if (refusal !== undefined) return answer(refusal);
    if (this.living.isKnown(request.node)) return answer(this.seat(serverCode, request));
    void this.ask(serverCode, request, answer);
  }

  private async ask(serverCode: string, request: JoinRequest, answer: (word: string) => void): Promise<void> {
    try {
      const isLiving = (await this.living.ask(request.node)) === true;
      answer(isLiving ? this.seat(serverCode, request) : 'backbone-away');
    } catch (error) {
      this.failed(error);
    }
  }

  private seat(serverCode: string, request: JoinRequest): string {
    const room = this.rooms.find(serverCode);
    // Much may have happened while the broker was asked.
    const refusal = this.refusalOf(serverCode);
    if (room === undefined || refusal !== undefined) return refusal ?? 'no-such-code';
    const { node, ref, clientId } = request;
    if (this.isNew(digestOf(serverCode, request))) this.hub.guestsFrom(node).join(room, ref, clientId);
    return GRANTED;
  }

  private refusalOf(serverCode: string): Ending | undefined {
    const room = this.rooms.find(serverCode);
    if (room === undefined) return 'no-such-code';
    if (!room.claim.admits) return 'backbone-away';
    const isFull = this.maxPlayersPerRoom > 0 && room.players.size >= this.maxPlayersPerRoom;
    return isFull ? 'room-full' : undefined;
  }

  private isNew(request: string): boolean {
    if (this.seen.has(request)) return false;
    this.seen.add(request);
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.values().next().value ?? request);
    return true;
  }
}

/** Of all that is in it: a forged request must not block the player that gets that number later. */
function digestOf(serverCode: string, { node, ref, clientId }: JoinRequest): string {
  return createHash('sha1').update(`${node} ${ref} ${serverCode} ${clientId}`).digest('base64');
}

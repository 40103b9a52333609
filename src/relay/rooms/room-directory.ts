/** Which codes are held, and by which room. */
import type { Claim } from './claim.js';
import type { Ending } from './endings.js';
import type { Peer } from './peer.js';
import { Room } from './room.js';
import type { Turn } from './turn.js';

export class RoomDirectory {
  private readonly byCode = new Map<string, Room>();

  constructor(private readonly turn: Turn) {}

  get rooms(): Iterable<Room> {
    return this.byCode.values();
  }

  get size(): number {
    return this.byCode.size;
  }

  find(serverCode: string): Room | undefined {
    return this.byCode.get(serverCode);
  }

  /** Opens a room for the host, in one step with the look whether the code is free (L13). */
  claim(serverCode: string, host: Peer, claim: Claim): Room | undefined {
    if (this.byCode.has(serverCode)) return undefined;
    const room = new Room(serverCode, host, this.turn, claim);
    this.byCode.set(serverCode, room);
    return room;
  }

  /** The code is free from here on, even while the room's players are still being disconnected (L14). */
  release(room: Room): void {
    if (this.byCode.get(room.serverCode) === room) this.byCode.delete(room.serverCode);
    room.claim.release();
  }

  /** The room ends, with its host or after it: its players are disconnected (E1, R27). */
  close(room: Room, ending: Ending): void {
    this.release(room);
    room.hostSeat?.stream?.end();
    // What the host said in this very turn still reaches its players (E3).
    room.broadcast.flush();
    for (const { peer } of room.players) peer.end(ending === 'shutdown' ? ending : 'host-left');
  }

  /** Lets `seconds` pass for those who are away. */
  beat(seconds: number): void {
    for (const room of this.byCode.values()) room.beat(seconds);
  }
}

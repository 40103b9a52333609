/** The rooms whose hosts the relay does not read from, because another node does not keep up. */
import { HoldReason } from '../../relay/rooms/peer.js';
import type { Outpost, Room } from '../../relay/rooms/room.js';
import type { Link } from '../link/link.js';

/** A host may send over several links: it is read again when none of them is behind. */
export class Starvation {
  private readonly byRoom = new Map<Room, Starved>();

  set(link: Link, room: Room, isStarved: boolean): void {
    const starved = this.byRoom.get(room);
    if (isStarved) (starved ?? this.add(room)).links.add(link);
    else if (starved?.links.delete(link) && starved.links.size === 0) this.free(room, starved);
  }

  private add(room: Room): Starved {
    const starved = new Starved(room);
    this.byRoom.set(room, starved);
    room.outposts.add(starved);
    starved.hostChanged();
    return starved;
  }

  private free(room: Room, starved: Starved): void {
    this.byRoom.delete(room);
    room.outposts.delete(starved);
    room.host.release(HoldReason.Link);
  }
}

/** Links that are behind with what the host of one room has sent. */
class Starved implements Outpost {
  readonly links = new Set<Link>();

  constructor(private readonly room: Room) {}

  /** A host that comes back sends to the same nodes. */
  hostChanged(): void {
    this.room.host.hold(HoldReason.Link);
  }
}

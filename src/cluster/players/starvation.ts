/** The hosts that the relay does not read from, because another node does not keep up. */
import { HoldReason, type Peer } from '../../relay/rooms/peer.js';
import type { Link } from '../link/link.js';

/** A host may send over several links: it is read again when none of them is behind. */
export class Starvation {
  private readonly byPeer = new Map<Peer, Set<Link>>();

  set(link: Link, peer: Peer, isStarved: boolean): void {
    const links = this.byPeer.get(peer);
    if (isStarved) this.add(peer, links ?? new Set(), link);
    else if (links?.delete(link) && links.size === 0) this.free(peer);
  }

  private add(peer: Peer, links: Set<Link>, link: Link): void {
    if (links.size === 0) peer.hold(HoldReason.Link);
    this.byPeer.set(peer, links.add(link));
  }

  private free(peer: Peer): void {
    this.byPeer.delete(peer);
    peer.release(HoldReason.Link);
  }
}

/** Connections that have a number of places together. */
import type { HttpPeer } from './http-peer.js';

/** A set keeps the order in which its elements came: who has done nothing for longest is first. */
export class Crowd {
  /** @param key the address that they have together, if that is what they have. */
  constructor(readonly key = '') {}

  private readonly idle = new Set<HttpPeer>();
  private readonly busy = new Set<HttpPeer>();

  get size(): number {
    return this.idle.size + this.busy.size;
  }

  /** Those with a request under way. */
  get atWork(): Iterable<HttpPeer> {
    return this.busy;
  }

  /** Takes in a connection, or takes note that it has just done something. */
  note(peer: HttpPeer): void {
    this.delete(peer);
    (peer.underWay > 0 ? this.busy : this.idle).add(peer);
  }

  delete(peer: HttpPeer): void {
    this.idle.delete(peer);
    this.busy.delete(peer);
  }

  /** Who is to go when there are too many: one that waits for nothing, if there is any. Never `newest`. */
  oldestBut(newest: HttpPeer): HttpPeer | undefined {
    return firstBut(newest, this.idle) ?? firstBut(newest, this.busy);
  }
}

function firstBut(newest: HttpPeer, peers: Iterable<HttpPeer>): HttpPeer | undefined {
  for (const peer of peers) if (peer !== newest) return peer;
  return undefined;
}

/** How many requests are answered before messages are looked at again. */
import type { Exchange, HttpPeer } from './http-peer.js';

/** Requests in one turn of the event loop. Each costs as much as a hundred messages. */
const PER_TURN = 8;

/** Requests that may wait in all: what an idle relay answers in less than a second. */
export const MOST_WAITING = 2_000;

/** Connections take turns, so that one that asks much does not make the others wait. */
export class Turns {
  private left = PER_TURN;
  private waiting = 0;
  private isTurning = false;
  private readonly ready = new Set<HttpPeer>();

  /** Does the work at once, or in its turn. False if too much waits already. */
  take(peer: HttpPeer, exchange: Exchange): boolean {
    if (this.left > 0 && this.ready.size === 0) this.work(exchange);
    else if (this.waiting >= MOST_WAITING) return false;
    else {
      this.waiting++;
      peer.waiting.push(exchange);
      this.ready.add(peer);
    }
    if (!this.isTurning) setImmediate(this.turn);
    this.isTurning = true;
    return true;
  }

  /** The connection is gone. */
  forget(peer: HttpPeer): void {
    if (!this.ready.delete(peer)) return;
    this.waiting -= peer.waiting.length;
    peer.waiting.length = 0;
  }

  private readonly turn = (): void => {
    this.isTurning = false;
    this.left = PER_TURN;
    for (const peer of this.ready) {
      if (this.left === 0) break;
      this.serve(peer);
    }
    if (this.ready.size === 0) return;
    this.isTurning = true;
    setImmediate(this.turn);
  };

  /** One request, and then the connection is behind all others. */
  private serve(peer: HttpPeer): void {
    this.ready.delete(peer);
    const exchange = peer.waiting.shift();
    if (exchange === undefined) return;
    this.waiting--;
    if (peer.waiting.length > 0) this.ready.add(peer);
    this.work(exchange);
  }

  private work({ response, work }: Exchange): void {
    if (response.destroyed || response.req.socket.destroyed) return;
    this.left--;
    work();
  }
}

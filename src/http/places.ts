/** Room for connections: games and phones have it before those who only ask by HTTP. */
import { Logger } from '@nestjs/common';
import type { Socket } from 'node:net';
import type { Crowd } from './crowd.js';
import type { HttpPeer } from './http-peer.js';

/** Milliseconds over which connections are counted into one log line. */
const SUMMARY = 1_000;

/** Counts the connections of the process, WebSockets too. */
export class Places {
  private readonly taken = new Set<Socket>();
  private madeRoom = 0;
  private refused = 0;
  private isSummingUp = false;

  /** @param limit how many there may be (A14); Infinity for any number. */
  constructor(
    private readonly limit: number,
    private readonly crowd: Crowd,
  ) {}

  /** Finds a place for a connection that is in the crowd now: another may have to go for it, or itself (A32). */
  take(peer: HttpPeer): void {
    this.taken.add(peer.socket);
    while (this.taken.size > this.limit) {
      const oldest = this.crowd.oldestBut(peer);
      if (oldest === undefined) this.refused++;
      else this.madeRoom++;
      this.end(oldest ?? peer);
    }
  }

  leave(socket: Socket): void {
    this.taken.delete(socket);
  }

  /** The system has its socket back when this returns. */
  private end(peer: HttpPeer): void {
    this.crowd.delete(peer);
    this.leave(peer.socket);
    peer.cut();
    if (this.isSummingUp) return;
    this.isSummingUp = true;
    setTimeout(() => this.sumUp(), SUMMARY).unref();
  }

  private sumUp(): void {
    const logger = new Logger('Relay');
    const { refused, madeRoom } = this;
    if (refused > 0)
      logger.warn(`${refused} connections were refused because there were too many (too-many-connections)`);
    if (madeRoom > 0)
      logger.warn(
        `${madeRoom} HTTP connections were closed to make room for newer ones (too-many-connections)`,
      );
    this.refused = this.madeRoom = 0;
    this.isSummingUp = false;
  }
}

/** A connection that is not a WebSocket. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { reset } from '../relay/gateway/connection/reset.js';
import { takenBy } from '../relay/gateway/node-internals/taken-by.js';
import type { Crowd } from './crowd.js';
import { hearNoMore } from './short-request.js';

/** A request that is to be answered, with its answer. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly work: () => void;
}

/** Owned by the {@link HttpPeers}. */
export class HttpPeer {
  /** Requests whose answers are not yet with the system. */
  underWay = 0;
  /** Requests that wait for their turn. */
  readonly waiting: Exchange[] = [];
  /** All connections of its address, as far as that has a limit. */
  crowd: Crowd | undefined;
  /** From where the last request came; until there is one, of the TCP peer. */
  address = '';
  private readTo = 0;
  private stalled = 0;
  private takenMark = 0;

  constructor(readonly socket: Socket) {}

  /** Whether there is something of the next request. */
  get isMidRequest(): boolean {
    return this.socket.bytesRead > this.readTo;
  }

  /** What was read so far belongs to requests that are whole. */
  markRead(): void {
    this.readTo = this.socket.bytesRead;
  }

  /** Lets `seconds` pass. Whether the peer has taken nothing of what waits for it for `limit` seconds (A33). */
  isStalled(seconds: number, limit: number): boolean {
    const mark = this.socket.writableLength === 0 ? undefined : takenBy(this.socket);
    this.stalled = mark !== undefined && mark === this.takenMark ? this.stalled + seconds : 0;
    this.takenMark = mark ?? 0;
    return limit > 0 && this.stalled >= limit;
  }

  /** Reads nothing more, and sends nothing that waits; what the system has of answers that are whole is still sent. */
  cut(): void {
    hearNoMore(this.socket);
    if (this.underWay === 0) this.socket.destroy();
    else if (!this.socket.destroyed) reset(this.socket);
  }
}

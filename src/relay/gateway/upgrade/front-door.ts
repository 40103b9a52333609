/** Which requests may open a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../../../config/relay-options.js';
import { AddressLimits } from '../../limits/address-limits.js';
import { ClientAddresses } from '../../limits/client-addresses.js';
import { RelayLog } from '../../logging/relay-log.js';
import type { Ending } from '../../rooms/endings.js';
import { SessionEvents } from '../../session/session-events.js';
import type { RelayServer } from './relay-server.js';
import { letGo } from './turn-away.js';

const REASON = { 403: 'Forbidden', 429: 'Too Many Requests', 503: 'Service Unavailable' } as const;

interface Refusal {
  readonly status: keyof typeof REASON;
  readonly ending: Ending;
}

const FULL: Refusal = { status: 503, ending: 'too-many-connections' };

/** What has kept a connection while it spoke HTTP. */
export interface HttpKeeper {
  /** Whether it may become a WebSocket: what is under way on it would be written into that. */
  mayUpgrade(stream: Duplex): boolean;
  /** It has become a WebSocket, or was refused to: others see to it. */
  upgraded(stream: Duplex): void;
}

/** Asked for each upgrade request. What it refuses costs the relay a look and no session. */
@Injectable()
export class FrontDoor {
  /** In the program. */
  keeper: HttpKeeper | undefined;

  constructor(
    private readonly options: RelayOptions,
    private readonly limits: AddressLimits,
    private readonly addresses: ClientAddresses,
    private readonly log: RelayLog,
    private readonly events: SessionEvents,
  ) {}

  /** Takes the connection over from its keeper; if the keeper cannot give it, the connection ends. */
  takes(stream: Duplex): boolean {
    if (this.keeper?.mayUpgrade(stream) === false) {
      stream.destroy();
      return false;
    }
    this.keeper?.upgraded(stream);
    return true;
  }

  /** An error of ours turns the request away, and no other peer notices (E9). */
  admits(request: IncomingMessage, stream: Duplex, server: RelayServer): boolean {
    try {
      const refusal = this.refusalFor(request, server);
      if (refusal !== undefined) this.turnAway(request, stream, refusal);
      return refusal === undefined;
    } catch (error) {
      this.log.failedToOpen(request.socket.remoteAddress ?? '', error);
      stream.destroy();
      return false;
    }
  }

  /**
   * The request was let in, and ws has not made a WebSocket of it: it has answered with a status, or the peer was gone
   * (E13).
   */
  failed(request: IncomingMessage, stream: Duplex): void {
    this.tell(request, stream.writableEnded ? 'bad-handshake' : 'broken-off');
    letGo(stream);
  }

  /** The request asks for a WebSocket on a path that has none (E13). */
  lost(request: IncomingMessage): void {
    this.tell(request, 'wrong-path');
  }

  /** An error of ours does not keep the connection. */
  private tell(request: IncomingMessage, ending: Ending): void {
    try {
      this.events.turnedAway(this.addresses.of(request), ending);
    } catch (error) {
      this.log.failedToOpen(request.socket.remoteAddress ?? '', error);
    }
  }

  private refusalFor(request: IncomingMessage, { clients }: RelayServer): Refusal | undefined {
    const { maxConnections } = this.options;
    const isFull = maxConnections > 0 && clients.size >= maxConnections;
    return isFull ? FULL : this.limits.refuseUpgrade(request);
  }

  /** Answers by an HTTP status, which is not a message of the protocol. */
  private turnAway(request: IncomingMessage, stream: Duplex, { status, ending }: Refusal): void {
    this.events.turnedAway(this.addresses.of(request), ending);
    letGo(stream);
    stream.end(`HTTP/1.1 ${status} ${REASON[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }
}

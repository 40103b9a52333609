/** Who may not even open a WebSocket. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { RelayOptions } from '../config/relay-options.js';
import { AddressLimits } from '../limits/address-limits.js';
import { ClientAddresses } from '../limits/client-addresses.js';
import { RelayLog } from '../logging/relay-log.js';
import type { RelayServer } from './relay-server.js';

const REASON = { 403: 'Forbidden', 429: 'Too Many Requests', 503: 'Service Unavailable' } as const;

/** Asked for each upgrade request. What it refuses costs the relay a look and no session. */
@Injectable()
export class FrontDoor {
  constructor(
    private readonly options: RelayOptions,
    private readonly limits: AddressLimits,
    private readonly addresses: ClientAddresses,
    private readonly log: RelayLog,
  ) {}

  /** Answers a refused request itself: an HTTP status is no message of the protocol. */
  admits(request: IncomingMessage, stream: Duplex, { clients }: RelayServer): boolean {
    const { maxConnections } = this.options;
    const isFull = maxConnections > 0 && clients.size >= maxConnections;
    const refusal = isFull
      ? ({ status: 503, ending: 'too-many-connections' } as const)
      : this.limits.refuseUpgrade(request);
    if (refusal === undefined) return true;
    this.log.turnedAway(this.addresses.of(request), refusal.ending);
    // Without a listener an error of the socket, such as a reset, would end the process; and a peer that does not
    // close its side would keep a socket that nobody else knows of any more.
    stream.on('error', () => stream.destroy()).once('finish', () => stream.destroy());
    stream.end(
      `HTTP/1.1 ${refusal.status} ${REASON[refusal.status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    return false;
  }
}

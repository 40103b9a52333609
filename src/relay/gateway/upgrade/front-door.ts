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
import { closingResponse, refusalOf } from '../web-socket/handshake.js';
import { letGo } from './turn-away.js';

interface Refusal {
  readonly status: number;
  readonly ending: Ending;
  readonly reason?: string;
  readonly header?: string;
}

const FULL: Refusal = { status: 503, ending: 'too-many-connections' };
const CLOSED: Refusal = { status: 503, ending: 'shutdown' };

/** The WebSockets of the relay. */
export interface OpenSockets {
  readonly size: number;
  /** Whether it takes none any more. */
  readonly isClosed: boolean;
}

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

  /** The address of the peer whose request is a handshake; undefined if it was turned away. */
  admit(request: IncomingMessage, sockets: OpenSockets): string | undefined {
    const { socket } = request;
    const address = this.addresses.of(request);
    const refusal = this.refusalFor(request, address, sockets);
    if (refusal !== undefined) this.turnAway(socket, address, refusal);
    else if (!socket.readable || !socket.writable) this.brokenOff(socket, address);
    else return address;
    return undefined;
  }

  /** The request asks for a WebSocket on a path that has none (E13). */
  lost(request: IncomingMessage): void {
    try {
      this.events.turnedAway(this.addresses.of(request), 'wrong-path');
    } catch (error) {
      // An error of ours does not keep the connection.
      this.log.failedToOpen(request.socket.remoteAddress ?? '', error);
    }
  }

  private refusalFor(request: IncomingMessage, address: string, sockets: OpenSockets): Refusal | undefined {
    const { maxConnections } = this.options;
    if (sockets.isClosed) return CLOSED;
    if (maxConnections > 0 && sockets.size >= maxConnections) return FULL;
    const refusal = this.limits.refuseUpgrade(request, address);
    if (refusal !== undefined) return refusal;
    const mistake = refusalOf(request);
    return mistake && { ...mistake, ending: 'bad-handshake' };
  }

  /** Answers by an HTTP status, which is not a message of the protocol. */
  private turnAway(stream: Duplex, address: string, { status, ending, reason, header }: Refusal): void {
    this.events.turnedAway(address, ending);
    letGo(stream);
    stream.end(closingResponse(status, reason, header));
  }

  /** The peer has gone before it was answered (E13). */
  private brokenOff(stream: Duplex, address: string): void {
    this.events.turnedAway(address, 'broken-off');
    stream.destroy();
  }
}

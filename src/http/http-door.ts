/** Where each HTTP request comes in: how many there may be, and what they may bring along. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import type { HttpKeeper } from '../relay/gateway/upgrade/front-door.js';
import { AddressBuckets } from '../relay/limits/address-buckets.js';
import type { ClientAddresses } from '../relay/limits/client-addresses.js';
import type { Ending } from '../relay/rooms/endings.js';
import type { SessionEvents } from '../relay/session/session-events.js';
import type { ProgramOptions } from '../config/relay-options.js';
import { answerTo, endingOf, type RequestError } from './broken-request.js';
import type { HttpPeer } from './http-peer.js';
import { HttpPeers } from './http-peers.js';
import { malformed, type Refusal, refuse } from './refusal.js';
import { Turns } from './turns.js';

/** Requests of one connection that are not answered yet. Browsers and proxies wait for an answer before they ask again. */
const MOST_UNDER_WAY = 8;

/** What the door knows of the relay behind it. */
export interface Surroundings {
  readonly options: ProgramOptions;
  readonly addresses: ClientAddresses;
  readonly events: SessionEvents;
  /** Connections that there may be; Infinity for any number. */
  readonly connections: number;
  /** Answers what is let in. */
  readonly answer: RequestListener;
}

/** What its connection was before it became a WebSocket, until then. */
const PEER = Symbol('peer');

type Kept = Socket & { [PEER]?: HttpPeer | undefined };

export class HttpDoor implements HttpKeeper {
  private readonly peers: HttpPeers;
  private readonly turns = new Turns();
  private readonly rates: AddressBuckets;
  private readonly logger = new Logger('Relay');

  /** One for all connections: a function for each would stay in memory as long as its WebSocket. */
  private readonly closed: (this: Kept) => void;

  constructor(private readonly around: Surroundings) {
    const gone = (socket: Kept): void => this.gone(socket);
    this.closed = function () {
      gone(this);
    };
    const { connections, options } = around;
    const limits = { connections, connectionsOfAddress: options.maxConnectionsPerAddress };
    this.peers = new HttpPeers(limits, (address) => this.tell(address, 'too-many-connections-of-address'));
    this.rates = new AddressBuckets(options.httpRequestsPerSecond);
  }

  /** Told once more of a connection on which an upgrade was offered that no listener took (C9). */
  connected(socket: Socket): void {
    if (this.peers.find(socket) !== undefined) return;
    try {
      this.comeIn(socket);
    } catch (error) {
      this.logger.error(error);
      socket.destroy();
    }
  }

  /** A request that wants to be told whether it may send its body. */
  expected(request: IncomingMessage, response: ServerResponse): void {
    this.take(request, response, () => response.writeContinue());
  }

  /** An error of ours ends the connection, and no other peer notices (E9). */
  take(request: IncomingMessage, response: ServerResponse, before?: () => void): void {
    const peer = this.peers.find(request.socket);
    if (peer === undefined) return void request.socket.destroy();
    this.guard(peer, () => this.admit(peer, request, response, before));
  }

  mayUpgrade(socket: Socket): boolean {
    return this.peers.find(socket)?.underWay === 0;
  }

  upgraded(socket: Kept): void {
    this.peers.release(socket);
    socket[PEER] = undefined;
  }

  /** The bytes on the connection are not a request, or not a whole one; it is answered and ended (E13). */
  broken(socket: Socket, error: RequestError): void {
    const peer = this.peers.find(socket);
    if (peer === undefined) return void socket.destroy();
    const ending = endingOf(peer, error);
    if (ending !== undefined) this.tell(peer.address, ending);
    if (socket.writable && peer.underWay === 0) socket.write(answerTo(error));
    peer.cut();
  }

  /** Lets `seconds` pass for those who have to take an answer. */
  beat(seconds: number): void {
    for (const peer of [...this.peers.atWork]) {
      if (!peer.isStalled(seconds, this.around.options.stallTimeout)) continue;
      this.tell(peer.address, 'slow-reader');
      peer.cut();
    }
  }

  private comeIn(socket: Socket): void {
    // There is no request yet that could tell more.
    const address = this.around.addresses.of({ socket, headers: {} } as IncomingMessage);
    (socket as Kept)[PEER] = this.peers.add(socket, address);
    socket.on('close', this.closed);
  }

  private gone(socket: Kept): void {
    const { [PEER]: peer } = socket;
    if (peer !== undefined) this.turns.forget(peer);
    this.peers.delete(socket);
  }

  private admit(
    peer: HttpPeer,
    request: IncomingMessage,
    response: ServerResponse,
    before?: () => void,
  ): void {
    const address = this.around.addresses.of(request);
    this.peers.begin(peer, address);
    response.once('close', () => this.peers.done(peer));
    if (peer.underWay > MOST_UNDER_WAY) {
      this.tell(address, 'too-many-requests');
      return peer.cut();
    }
    const refusal = malformed(request) ?? this.tooMany(address);
    if (refusal !== undefined) return refuse(response, refusal);
    before?.();
    const work = (): void => this.guard(peer, () => this.around.answer(request, response));
    if (!this.turns.take(peer, { response, work })) refuse(response, { status: 503 });
  }

  private tooMany(address: string): Refusal | undefined {
    const seconds = this.rates.secondsToWait(address);
    if (seconds === 0) return undefined;
    this.tell(address, 'too-many-requests');
    return { status: 429, headers: { 'Retry-After': seconds } };
  }

  private guard(peer: HttpPeer, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.logger.error(error);
      peer.cut();
    }
  }

  /** What an operator is not told ends no connection of others. */
  private tell(address: string, ending: Ending): void {
    try {
      this.around.events.turnedAway(address, ending);
    } catch (error) {
      this.logger.error(error);
    }
  }
}

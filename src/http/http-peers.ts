/** All connections that are not WebSockets, or not yet. */
import type { Socket } from 'node:net';
import { keyOf } from '../relay/limits/address.js';
import { Crowd } from './crowd.js';
import { HttpPeer } from './http-peer.js';
import { Places } from './places.js';

interface Limits {
  /** Of the process, WebSockets among them; Infinity for any number. */
  readonly connections: number;
  /** Of one address, besides its WebSockets; 0 for any number. */
  readonly connectionsOfAddress: number;
}

export class HttpPeers {
  private readonly bySocket = new Map<Socket, HttpPeer>();
  private readonly crowd = new Crowd();
  private readonly byAddress = new Map<string, Crowd>();
  private readonly places: Places;

  /** @param evicted told of each connection that had to go though something was under way on it. */
  constructor(
    private readonly limits: Limits,
    private readonly evicted: (address: string) => void,
  ) {
    this.places = new Places(limits.connections, this.crowd);
  }

  get atWork(): Iterable<HttpPeer> {
    return this.crowd.atWork;
  }

  /** Undefined if it is a WebSocket, or was refused to become one. */
  find(socket: Socket): HttpPeer | undefined {
    return this.bySocket.get(socket);
  }

  /** A connection has come from the address; a proxy's has another with each request. */
  add(socket: Socket, address: string): HttpPeer {
    const peer = new HttpPeer(socket);
    this.bySocket.set(socket, peer);
    this.crowd.note(peer);
    this.places.take(peer);
    if (!socket.destroyed) this.count(peer, address);
    return peer;
  }

  /** The TCP connection is gone. */
  delete(socket: Socket): void {
    this.places.leave(socket);
    this.release(socket);
  }

  /** The connection has left HTTP; it still takes its place. */
  release(socket: Socket): void {
    const peer = this.bySocket.get(socket);
    if (peer === undefined) return;
    this.bySocket.delete(socket);
    this.crowd.delete(peer);
    this.leaveAddress(peer);
  }

  /** A request has come, from the address. */
  begin(peer: HttpPeer, address: string): void {
    peer.underWay++;
    peer.markRead();
    this.crowd.note(peer);
    this.count(peer, address);
  }

  /** The answer to a request is with the system, or never will be. */
  done(peer: HttpPeer): void {
    peer.underWay--;
    if (this.bySocket.get(peer.socket) !== peer) return;
    this.crowd.note(peer);
    peer.crowd?.note(peer);
  }

  /** Who is beyond the limit of the address is not the newest: a page that loads now is not cut off (A32). */
  private count(peer: HttpPeer, address: string): void {
    peer.address = address;
    const crowd = this.crowdOf(address);
    if (crowd !== peer.crowd) this.leaveAddress(peer);
    if (crowd === undefined) return;
    peer.crowd = crowd;
    crowd.note(peer);
    const { connectionsOfAddress: most } = this.limits;
    if (most > 0 && crowd.size > most) this.evict(crowd.oldestBut(peer), address);
  }

  private crowdOf(address: string): Crowd | undefined {
    const key = keyOf(address);
    if (key === undefined) return undefined;
    const crowd = this.byAddress.get(key) ?? new Crowd(key);
    this.byAddress.set(key, crowd);
    return crowd;
  }

  private evict(oldest: HttpPeer | undefined, address: string): void {
    if (oldest === undefined) return;
    if (oldest.underWay > 0) this.evicted(address);
    this.release(oldest.socket);
    oldest.cut();
  }

  private leaveAddress(peer: HttpPeer): void {
    const { crowd } = peer;
    peer.crowd = undefined;
    crowd?.delete(peer);
    if (crowd?.size === 0) this.byAddress.delete(crowd.key);
  }
}

/** What an operator may see of the relay while it runs, and do to it. */
import { Injectable } from '@nestjs/common';
import { Backbone } from '../session/backbone.js';
import { RelayOptions } from '../../config/relay-options.js';
import { Connections } from '../gateway/connection/connections.js';
import { type Located, LocatedElsewhere, LocatedHere } from './located.js';
import { carryOutAnywhere } from './orders.js';
import { type Order, carryOut } from '../rooms/order.js';
import {
  type ConnectionView,
  type PlayerView,
  type RoomDetails,
  type RoomView,
  connectionOf,
  playerViewOf,
  viewOf,
} from './room-view.js';
import { Readiness } from '../rooms/readiness.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import type { Returns } from '../seats/returns.js';
import { Seats } from '../seats/seats.js';
import { Traffic } from '../routing/traffic.js';
import { Session } from '../session/session.js';

export type { ConnectionView, PlayerView, RoomDetails, RoomView } from './room-view.js';

/** All connections of this node together. */
export interface Totals {
  readonly rooms: number;
  readonly hosts: number;
  readonly players: number;
  /** Connections that have not logged in. */
  readonly pending: number;
  readonly waiting: number;
  readonly paused: number;
  /** Players whose seats, and rooms whose hosts, wait for a return. */
  readonly playersAway: number;
  readonly hostsAway: number;
  /** Bytes that are kept for peers that may come back. */
  readonly keptBytes: number;
}

/**
 * Looking costs the looker: nothing is gathered beforehand but counters. What is done here follows the rules for
 * all: an ended peer learns nothing, and its ending means for its room what every ending means.
 */
@Injectable()
export class RelayMonitor {
  /** @internal Nest calls it. Its types are not delivered: among them are those of ws, which a backend may not have. */
  constructor(
    /** The limits in force. */
    readonly options: RelayOptions,
    /** What was relayed since the start. */
    readonly traffic: Traffic,
    readonly readiness: Readiness,
    private readonly directory: RoomDirectory,
    private readonly connections: Connections,
    private readonly backbone: Backbone,
    private readonly seats: Seats,
  ) {}

  /** Hosts and players that came back since the start. */
  get returns(): Readonly<Record<'host' | 'player', Readonly<Returns>>> {
    return { host: this.seats.hosts.returns, player: this.seats.players.returns };
  }

  rooms(): RoomView[] {
    return [...this.eachRoom()];
  }

  /** One room after the other. May be walked over many turns. */
  *eachRoom(): Generator<RoomView, void> {
    for (const room of this.directory.rooms) yield viewOf(room);
  }

  /** How many players each room has. */
  roomSizes(): number[] {
    return [...this.directory.rooms].map(({ players }) => players.size);
  }

  /** @param the most players in the answer. */
  room(serverCode: string, most = Infinity): RoomDetails | undefined {
    const room = this.directory.find(serverCode);
    if (room === undefined) return undefined;
    const players: PlayerView[] = [];
    for (const player of room.players) {
      if (players.length >= most) break;
      players.push(playerViewOf(player));
    }
    return { ...viewOf(room), host: connectionOf(room.host), players };
  }

  /** Walks all connections: some milliseconds where there are 50,000. */
  totals(): Totals {
    const totals = {
      ...{ rooms: this.directory.size, hosts: 0, players: 0, pending: 0, waiting: 0, paused: 0 },
      ...{ playersAway: 0, hostsAway: 0, keptBytes: this.seats.keptBytes },
    };
    for (const { playersAway, isHostAway } of this.directory.rooms) {
      totals.playersAway += playersAway.size;
      if (isHostAway) totals.hostsAway++;
    }
    for (const connection of this.connections.all) {
      const { name } = connection.session.phase;
      if (name === 'host') totals.hosts++;
      else if (name === 'player') totals.players++;
      else if (name !== 'ended') totals.pending++;
      totals.waiting += connection.queuedBytes;
      if (connection.isHeld) totals.paused++;
    }
    return totals;
  }

  /** All who are connected to this node, and players elsewhere of rooms here. May be walked over many turns. */
  *located(): Generator<Located, void> {
    for (const { session } of this.connections.all) if (!session.isEnded) yield new LocatedHere(session);
    for (const { players } of this.directory.rooms) {
      for (const player of players) if (!(player.peer instanceof Session)) yield new LocatedElsewhere(player);
    }
  }

  /** Connections whose round trip is known; walks all of them. */
  *roundTrips(): Iterable<Pick<ConnectionView, 'connection' | 'roundTrip' | 'jitter'>> {
    for (const connection of this.connections.all) {
      if (connection.lastRoundTrip === undefined) continue;
      const { roundTrip, jitter } = connection.measure();
      yield { connection: connection.id, roundTrip, jitter };
    }
  }

  /** Ends the host of a room of this node, and so the room (E1). False if there is none. */
  closeRoom(serverCode: string): boolean {
    return carryOut({ kind: 'close-room', serverCode }, this.directory) > 0;
  }

  /** Ends the players that have the id in a room of this node, wherever they are. Returns how many they were. */
  endPlayers(serverCode: string, clientId: string): number {
    return carryOut({ kind: 'end-player', serverCode, clientId }, this.directory);
  }

  /** As {@link closeRoom}, on whichever node the room is. Rejects with {@link BackboneAway} if that does not answer. */
  async closeRoomAnywhere(serverCode: string): Promise<boolean> {
    return (await this.order({ kind: 'close-room', serverCode })) > 0;
  }

  /** As {@link endPlayers}, on whichever node the room is. Rejects with {@link BackboneAway} if that does not answer. */
  endPlayersAnywhere(serverCode: string, clientId: string): Promise<number> {
    return this.order({ kind: 'end-player', serverCode, clientId });
  }

  /** From now on no host is let in, so that the relay can be stopped when the parties are over; or they are again. */
  drain(isDraining = true): void {
    this.readiness.set('draining', isDraining);
  }

  private order(order: Order): Promise<number> {
    return carryOutAnywhere(order, this.directory, this.backbone);
  }
}

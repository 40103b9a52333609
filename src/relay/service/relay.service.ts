/** What a backend that embeds the relay may ask about it, and do with it. */
import { Injectable } from '@nestjs/common';
import { Backbone, BackboneAway } from '../session/backbone.js';
import { TextMessage } from '../protocol/text-message.js';
import { type MessageListener, Observers } from './observers.js';
import { carryOutAnywhere } from './orders.js';
import type { Order } from '../rooms/order.js';
import type { Player } from '../rooms/player.js';
import { RoomDirectory } from '../rooms/room-directory.js';
import type { Room } from '../rooms/room.js';

/** A party as it is at the moment of asking. */
export interface RoomSummary {
  readonly serverCode: string;
  /** Players, those whose seats wait for them among them; two with one `client_id` count twice. */
  readonly players: number;
  /** Players whose connections are lost, and whose seats wait for them. */
  readonly playersAway: number;
  /** Whether the room waits for its host, whose connection is lost. */
  readonly isHostAway: boolean;
  readonly openedAt: Date;
}

/** The room is on another node: what is asked for can be done only there. */
export class RoomElsewhere extends Error {
  constructor(serverCode: string) {
    super(`the room ${JSON.stringify(serverCode)} is on another node: this can be done only there`);
  }
}

/**
 * {@link isOpen}, {@link closeRoom} and {@link endPlayer} mean every room of the relay. They reject with
 * {@link BackboneAway} while this node is cut off from the others, since only they may know. All else means the rooms whose
 * hosts are connected to this node, and rejects with {@link RoomElsewhere} for others.
 */
@Injectable()
export class RelayService {
  constructor(
    private readonly directory: RoomDirectory,
    private readonly backbone: Backbone,
  ) {}

  /** Whether players can join under the code now, on whichever node its host is. */
  async isOpen(serverCode: string): Promise<boolean> {
    const room = this.directory.find(serverCode);
    if (room === undefined) return this.backbone.isOpenElsewhere(serverCode);
    if (!room.claim.admits) throw new BackboneAway();
    return true;
  }

  /** The parties whose hosts are connected to this node; a relay of many nodes has others. */
  rooms(): RoomSummary[] {
    return [...this.directory.rooms].map(summaryOf);
  }

  /** One of {@link rooms}; undefined if this node has none under the code. */
  room(serverCode: string): RoomSummary | undefined {
    const room = this.directory.find(serverCode);
    return room && summaryOf(room);
  }

  /** Whether {@link rooms} has the code. Of many nodes this is one: ask {@link isOpen} whether a party can be joined. */
  hasRoom(serverCode: string): boolean {
    return this.directory.find(serverCode) !== undefined;
  }

  /**
   * Says to all players of the room what its host could say: a text as it is, an object as JSON. Resolves to how many they
   * are; 0 if there is no such room. What is called one after the other arrives in that order.
   */
  async broadcast(serverCode: string, message: string | object): Promise<number> {
    const room = this.directory.find(serverCode) ?? (await this.notHere(serverCode));
    if (room === undefined) return 0;
    const text = textOf(message);
    room.observer?.fromHost(text, false);
    room.broadcast.toAll(new TextMessage(text));
    return room.players.size;
  }

  /** As {@link broadcast}, to the players that have the id. */
  async sendTo(serverCode: string, clientId: string, message: string | object): Promise<number> {
    const room = this.directory.find(serverCode) ?? (await this.notHere(serverCode));
    const players: readonly Player[] = room?.playersWith(clientId) ?? [];
    const text = textOf(message);
    room?.observer?.fromHost(text, false);
    room?.broadcast.toSome(players, new TextMessage(text));
    return players.length;
  }

  /** Ends the host of the room, and so the room (E1). Resolves to whether there was one. */
  async closeRoom(serverCode: string): Promise<boolean> {
    return (await this.order({ kind: 'close-room', serverCode })) > 0;
  }

  /** Ends the players of the room that have the id. Resolves to how many they were. */
  endPlayer(serverCode: string, clientId: string): Promise<number> {
    return this.order({ kind: 'end-player', serverCode, clientId });
  }

  /**
   * Shows the listener each message of the room, both ways, and what {@link broadcast} and {@link sendTo} say, until it ends or the returned function is called; undefined if
   * there is no such room. A room that is not observed pays nothing for it. An error of the listener is logged.
   */
  async observe(serverCode: string, listener: MessageListener): Promise<(() => void) | undefined> {
    const room = this.directory.find(serverCode) ?? (await this.notHere(serverCode));
    if (room === undefined) return undefined;
    const observers = room.observer instanceof Observers ? room.observer : new Observers();
    room.observer = observers;
    const end = observers.add(listener);
    return () => {
      end();
      if (observers.isEmpty && room.observer === observers) room.observer = undefined;
    };
  }

  /** Resolves to nothing if no node has the room. */
  private async notHere(serverCode: string): Promise<Room | undefined> {
    if (await this.backbone.isOpenElsewhere(serverCode)) throw new RoomElsewhere(serverCode);
    return undefined;
  }

  private order(order: Order): Promise<number> {
    return carryOutAnywhere(order, this.directory, this.backbone);
  }
}

function summaryOf({ serverCode, players, playersAway, isHostAway, openedAt }: Room): RoomSummary {
  return { serverCode, players: players.size, playersAway: playersAway.size, isHostAway, openedAt };
}

function textOf(message: string | object): Buffer {
  return Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
}

/** What joins the nodes of one relay: who holds a code, and how a player reaches a host on another node. */
import type { Claim } from '../rooms/claim.js';
import type { Ending } from '../rooms/endings.js';
import type { Order } from '../rooms/order.js';
import type { Peer } from '../rooms/peer.js';
import type { Player } from '../rooms/player.js';
import { BackboneCounters } from './backbone-counters.js';

/**
 * How the node stands to the others: `local` is alone by choice; `starting` has never been one of them, or waits
 * until codes of an empty store may be given out (B8); `up` is one of them; `away` is cut off (B6); `full` finds no space
 * for another code (B20).
 */
export type BackboneState = 'local' | 'starting' | 'up' | 'away' | 'full';

/** A peer that waits for its seat, and may be gone before it gets one. */
export interface WaitingPeer extends Peer {
  readonly isEnded: boolean;
}

/** Only the other nodes know, or can do, what was asked for, and they cannot be reached: whether it was done is not known. */
export class BackboneAway extends Error {
  constructor(
    cause?: unknown,
    message = 'This node is cut off from the others, and only they may know. Try again in a few seconds.',
  ) {
    super(message, { cause });
  }
}

/**
 * Rooms do not know whether a peer is local: a player on another node is a {@link Peer} in its room, and the
 * room that a player is given for a host on another node has that host as its {@link Peer}. Nothing here is called
 * for a message between local peers.
 */
export abstract class Backbone {
  /** What it did so far, for metrics. */
  readonly counters = new BackboneCounters();

  abstract readonly state: BackboneState;

  /** Whether codes may be held by other nodes, so that one which is unknown here may be known there. */
  abstract readonly isShared: boolean;

  /**
   * Holds a code for a room of this node, or says why not. It answers at once where no other node needs to be asked,
   * so that a login of a relay that is alone waits for nothing.
   */
  abstract claim(serverCode: string): Claim | Ending | Promise<Claim | Ending>;

  /**
   * Seats a peer in the room of a code that is held on another node, or says why not. The player's room is a
   * stand-in: it has the players of this node, and its host is reached through the backbone.
   */
  abstract join(
    serverCode: string,
    clientId: string,
    peer: WaitingPeer,
  ): Player | Ending | Promise<Player | Ending>;

  /** The players of this node that have the id, in rooms of the code on other nodes. Asks no other node. */
  abstract visitors(serverCode: string, clientId: string): readonly Player[];

  /** Whether another node that lives holds the code. Rejects with {@link BackboneAway} if that cannot be known now. */
  abstract isOpenElsewhere(serverCode: string): Promise<boolean>;

  /**
   * Has an order carried out by the other node that has the room. Resolves to how many rooms or players were ended,
   * and rejects with {@link BackboneAway} if it cannot be told or does not answer.
   */
  abstract orderElsewhere(order: Order): Promise<number>;
}

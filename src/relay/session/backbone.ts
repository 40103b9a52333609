/** What joins the nodes of one relay: who holds a code, and how a player reaches a host on another node. */
import type { Claim } from '../rooms/claim.js';
import type { Ending } from '../rooms/endings.js';
import type { Order } from '../rooms/order.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import type { SeatWish } from '../seats/player-seats.js';
import { BackboneCounters } from './backbone-counters.js';

/**
 * How the node stands to the others: `local` is alone by choice; `starting` has never been one of them, or waits
 * until codes of an empty store may be given out (B8); `up` is one of them; `away` is cut off (B6); `full` finds no space
 * for another code (B20).
 */
export type BackboneState = 'local' | 'starting' | 'up' | 'away' | 'full';

/** A player that waits for its seat, and may be gone before it gets one. */
export interface WaitingPlayer {
  readonly wish: SeatWish;
  readonly isEnded: boolean;
  /** Its true room has let it in: gives it a place in the stand-in, and welcomes it there. */
  seatIn(standIn: Room): Player;
}

/** What a node asks the other node that holds a code. Without such a room the answer is always a no. */
export type HostQuestion =
  /** Whether that is the key of the room. */
  | { readonly kind: 'owns'; readonly key: string }
  /** To end the room and let go of its code, if that is its key: its host is here now, and had that stream (R29). */
  | { readonly kind: 'yield'; readonly key: string; readonly stream: string | undefined }
  /** To let go of the code if the host is found to be gone (R39). */
  | { readonly kind: 'probe' };

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
  abstract join(serverCode: string, player: WaitingPlayer): Player | Ending | Promise<Player | Ending>;

  /** Resolves to the answer of the other node that holds the code; to no as well if it cannot be asked. */
  abstract askHolder(serverCode: string, question: HostQuestion): Promise<boolean>;

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

/** An order is carried out on the node that has the room, whichever node was asked (B17). */
import type { Backbone } from '../session/backbone.js';
import { type Order, carryOut } from '../rooms/order.js';
import type { RoomDirectory } from '../rooms/room-directory.js';

/** Resolves to how many rooms or players were ended. Rejects with `BackboneAway` if the other node does not answer. */
export async function carryOutAnywhere(
  order: Order,
  directory: RoomDirectory,
  backbone: Backbone,
): Promise<number> {
  const isHere = directory.find(order.serverCode) !== undefined;
  return isHere ? carryOut(order, directory) : backbone.orderElsewhere(order);
}

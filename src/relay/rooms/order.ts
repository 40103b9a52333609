/** What an operator may tell a room to do (O9). */
import type { RoomDirectory } from './room-directory.js';

export type Order =
  | { readonly kind: 'close-room'; readonly serverCode: string }
  | { readonly kind: 'end-player'; readonly serverCode: string; readonly clientId: string };

/** Carries it out where the room is, if it is in this directory. Returns how many rooms or players it has ended. */
export function carryOut(order: Order, rooms: RoomDirectory): number {
  const room = rooms.find(order.serverCode);
  if (room === undefined) return 0;
  const players = order.kind === 'end-player' ? room.playersWith(order.clientId) : undefined;
  const peers = players?.map(({ peer }) => peer) ?? [room.host];
  for (const peer of peers) peer.end('closed-by-operator');
  return peers.length;
}

/** A code that a dead connection holds is free for the next host (R39). */
import type { Room } from '../rooms/room.js';
import type { RoomDirectory } from '../rooms/room-directory.js';
import { Session } from './session.js';

/**
 * Pings a host that is silent, and ends it if nothing comes. Resolves to whether nothing holds its code any more.
 *
 * @param seconds that the host may take to say something; 0 if it is not asked.
 */
export async function isFreed(
  { serverCode, host }: Room,
  rooms: RoomDirectory,
  seconds: number,
): Promise<boolean> {
  if (seconds === 0 || !(host instanceof Session)) return false;
  if (await host.connection.probe(seconds)) host.end('missed-heartbeat');
  return rooms.find(serverCode) === undefined;
}

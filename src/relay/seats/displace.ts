/** How a connection ends whose place another one takes (R8). */
import type { Peer } from '../rooms/peer.js';
import type { Stream } from '../rooms/streams/stream.js';

/**
 * Its own page has given it up, if that goes on with its stream; else another page has its place.
 *
 * @param stream the stream of the place.
 * @param wanted the one that the new connection goes on with.
 */
export function displace(former: Peer, stream: Stream | undefined, wanted: string | undefined): void {
  if (former.giveWay !== undefined) return former.giveWay(wanted);
  const isOwn = stream !== undefined && stream.name === wanted;
  former.end(isOwn ? 'taken-over' : 'replaced');
}

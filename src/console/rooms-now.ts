/** Rooms with what they did in the last second. */
import type { RelayMonitor, RoomView } from '../relay.port.js';
import type { RoomLine } from './look.js';

/** Kept from one look to the next, and only of rooms that are open. */
export class RoomsNow {
  private former = new Map<string, RoomView>();
  private time = -Infinity;

  /** @param now milliseconds of a monotonic clock. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Those with most players first. Rates are 0 for a room that was not there at the last look. */
  look(monitor: RelayMonitor): RoomLine[] {
    const seconds = Math.max(0.001, (this.now() - this.time) / 1_000);
    const rooms = monitor.rooms();
    const lines = rooms.map((room) => lineOf(room, this.before(room), seconds));
    this.former = new Map(rooms.map((room) => [room.serverCode, room]));
    this.time = this.now();
    return lines.sort((a, b) => b.players - a.players || a.openedAt - b.openedAt);
  }

  /** The same room, and not another one that has taken its code meanwhile. */
  private before(room: RoomView): RoomView {
    const before = this.former.get(room.serverCode);
    return before?.openedAt === room.openedAt ? before : room;
  }
}

function lineOf(room: RoomView, before: RoomView, seconds: number): RoomLine {
  const { serverCode, openedAt, playerCount, messages, bytes, worstRoundTrip, waiting, paused } = room;
  return {
    ...{ serverCode, openedAt: openedAt.getTime(), players: playerCount },
    messageRate: Math.round((messages - before.messages) / seconds),
    byteRate: Math.round((bytes - before.bytes) / seconds),
    ...{ worstRoundTrip, waiting, paused },
  };
}

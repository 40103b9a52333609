/** Rooms with what they did in the last second. */
import type { RelayMonitor, RoomView } from '../../relay/service/relay.monitor.js';
import type { RoomLine } from './look.js';
import type { IsOver } from './pace.js';

/** Rooms that are looked at before the time is. */
const STEP = 16;

interface Walk {
  readonly rooms: Iterator<RoomView, void>;
  /** When it began, and the seconds since the one before. */
  readonly time: number;
  readonly seconds: number;
  readonly views: Map<string, RoomView>;
  readonly lines: RoomLine[];
}

/** Kept from one look to the next, and only of rooms that are open. */
export class RoomsNow {
  private former: ReadonlyMap<string, RoomView> = new Map();
  private walk: Walk | undefined;
  private time = -Infinity;

  /** @param now milliseconds of a monotonic clock. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Goes on with the look that is under way, or begins one; undefined if that needs another turn. Those with most
   * players come first. Rates are 0 for a room that was not there at the last look.
   */
  look(monitor: RelayMonitor, isOver: IsOver): RoomLine[] | undefined {
    this.walk ??= this.begin(monitor);
    if (!this.goOn(this.walk, isOver)) return undefined;
    const { lines, views, time } = this.walk;
    this.walk = undefined;
    this.former = views;
    this.time = time;
    return lines.sort((a, b) => b.players - a.players || a.openedAt - b.openedAt);
  }

  private begin(monitor: RelayMonitor): Walk {
    const time = this.now();
    const seconds = Math.max(0.001, (time - this.time) / 1_000);
    return { rooms: monitor.eachRoom(), time, seconds, views: new Map(), lines: [] };
  }

  private goOn({ rooms, seconds, views, lines }: Walk, isOver: IsOver): boolean {
    for (let steps = 1; ; steps++) {
      const { value: room } = rooms.next();
      if (room === undefined) return true;
      lines.push(lineOf(room, this.before(room), seconds));
      views.set(room.serverCode, room);
      if (steps % STEP === 0 && isOver()) return false;
    }
  }

  /** The same room, and not another one that has taken its code meanwhile. */
  private before(room: RoomView): RoomView {
    const before = this.former.get(room.serverCode);
    return before?.openedAt === room.openedAt ? before : room;
  }
}

function lineOf(room: RoomView, before: RoomView, seconds: number): RoomLine {
  return {
    serverCode: room.serverCode,
    openedAt: room.openedAt.getTime(),
    players: room.playerCount,
    messageRate: Math.round((room.messages - before.messages) / seconds),
    byteRate: Math.round((room.bytes - before.bytes) / seconds),
    worstRoundTrip: room.worstRoundTrip,
    waiting: room.waiting,
    paused: room.paused,
    away: room.playersAway,
    isHostAway: room.isHostAway,
    secondsLeft: room.secondsLeft,
    kept: room.keptBytes,
  };
}

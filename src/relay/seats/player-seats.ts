/** Seats of players: who takes one, keeps it without a connection, and gives it up (R7 to R15). */
import { playerWelcome } from '../protocol/relay-words.js';
import type { Ending } from '../rooms/endings.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import { type Asked, Seat } from '../rooms/seat.js';
import type { Streams } from '../rooms/streams/streams.js';
import { AbsentPeer } from './absent-peer.js';
import { type Arrival, type Former, type SeatListener, givenUp } from './arrival.js';
import { Returns } from './returns.js';

export interface SeatWish {
  readonly clientId: string;
  /** What it asks of the relay; undefined if it has not asked. */
  readonly asked: Asked | undefined;
}

export class PlayerSeats {
  readonly returns = new Returns();

  /** @param maxOutbox bytes that may wait for a player. */
  constructor(
    private readonly streams: Streams,
    private readonly maxOutbox: number,
    private readonly listener: SeatListener,
  ) {}

  /** The seat that the login means, or why it gets none; undefined if it means a new one. Changes nothing. */
  find(room: Room, { clientId, asked }: SeatWish): Player | Ending | undefined {
    const sharing = room.playersWith(clientId);
    const key = asked?.key;
    const own = sharing.find(({ seat, isAway }) =>
      key === undefined ? isAway && seat?.key === undefined : seat?.key === key,
    );
    if (own !== undefined || !room.rules.unique || sharing.length === 0) return own;
    return sharing.find(({ seat }) => seat?.key === undefined) ?? 'id-taken';
  }

  /** A new seat. */
  join(room: Room, peer: Arrival, { clientId, asked }: SeatWish): Player {
    if (asked === undefined) return room.join(clientId, peer);
    const seat = new Seat(asked.key, true);
    seat.stream = this.openStream(asked);
    this.welcome(room, peer, seat, undefined);
    return room.join(clientId, peer, seat);
  }

  /**
   * The seat is the arrival's from now on; its former connection, dead or alive, is ended. Undefined if the seat was given
   * up by what that caused.
   */
  take(player: Player, peer: Arrival, { asked }: SeatWish): Player | undefined {
    const { room } = player;
    this.letGo(player, asked);
    if (!room.players.has(player)) return undefined;
    const seat = (player.seat ??= new Seat(undefined, false));
    const missed = seat.resume(asked ?? {});
    this.returns.count(missed);
    seat.key = asked?.key;
    seat.hasAsked = asked !== undefined;
    if (missed === undefined) seat.begin(this.openStream(asked ?? {}));
    if (seat.hasAsked) this.welcome(room, peer, seat, missed);
    room.returned(player, peer, missed !== undefined);
    return player;
  }

  /** The player's connection is lost. Whether it keeps its seat. */
  lose(player: Player, former: Former): boolean {
    if (!player.room.keeps(player)) return false;
    player.changePeer(this.absent(player, former));
    player.room.lost(player);
    return true;
  }

  /** A late ending of the former connection means nothing for the seat: that has let go of it first (R8). */
  private letGo(player: Player, asked: Asked | undefined): void {
    const former = player.peer;
    const { stream } = player.seat ?? {};
    player.changePeer(this.absent(player));
    const isOwn = stream !== undefined && stream.name === asked?.stream;
    former.end(isOwn ? 'taken-over' : 'replaced');
  }

  private absent(player: Player, former?: Former): AbsentPeer {
    return new AbsentPeer(player.seat?.stream, (peer, ending) => {
      if (player.peer !== peer) return;
      const { room, clientId } = player;
      const { serverCode } = room;
      room.leave(player, peer);
      if (former !== undefined) this.listener.gaveUp({ ...givenUp(former, ending), serverCode, clientId });
    });
  }

  private openStream({ key }: Asked): Seat['stream'] {
    return key === undefined ? undefined : this.streams.open(this.maxOutbox);
  }

  private welcome(room: Room, peer: Arrival, { stream }: Seat, missed: readonly Buffer[] | undefined): void {
    const granted = {
      stream: stream?.name,
      resumed: missed !== undefined,
      got: stream?.taken ?? 0,
      grace: room.rules.grace,
    };
    peer.welcome(playerWelcome(granted, room.isHostAway), stream, missed ?? []);
  }
}

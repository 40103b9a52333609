/** Seats of players: who takes one, keeps it without a connection, and gives it up (R7 to R15). */
import { playerWelcome } from '../protocol/relay-words.js';
import type { Ending } from '../rooms/endings.js';
import type { Peer } from '../rooms/peer.js';
import type { Player } from '../rooms/player.js';
import type { Room } from '../rooms/room.js';
import { type Asked, Seat } from '../rooms/seat.js';
import type { Streams } from '../rooms/streams/streams.js';
import { AbsentPeer } from './absent-peer.js';
import { type Arrival, type Former, type SeatListener, givenUp } from './arrival.js';
import { displace } from './displace.js';
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
    const own = this.own(sharing, asked);
    if (own !== undefined || !room.rules.unique || sharing.length === 0) return own;
    return sharing.find(({ seat }) => seat?.key === undefined) ?? 'id-taken';
  }

  /** Which of the players with its id the peer is, if it comes back (R8, R12). */
  own(sharing: readonly Player[], asked: Asked | undefined): Player | undefined {
    const key = asked?.key;
    return sharing.find(({ seat, isAway }) =>
      key === undefined ? isAway && seat?.key === undefined : seat?.key === key,
    );
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
    if (missed === undefined) seat.begin(this.openStream(asked ?? {}));
    seat.belongTo(asked);
    if (seat.hasAsked) this.welcome(room, peer, seat, missed);
    room.returned(player, peer, missed !== undefined);
    return player;
  }

  /**
   * The same for a player whose room is on another node, and only if its stream goes on. A new one begins over there, where
   * it is known what was said before.
   */
  goOn(player: Player, peer: Arrival, { asked = {} }: SeatWish): Player | undefined {
    const { room, seat } = player;
    if (!seat?.isResumable(asked)) return undefined;
    this.letGo(player, asked);
    const missed = seat.resume(asked);
    if (missed === undefined) {
      // What the former connection had not sent yet was too much for the tail.
      if (!this.lose(player)) room.leave(player, player.peer);
      return undefined;
    }
    this.returns.count(missed);
    this.welcome(room, peer, seat, missed);
    room.returned(player, peer, true);
    return player;
  }

  /** The seat belongs to a connection on another node from now on, which has a new stream there (R29). */
  hand(player: Player, guest: Peer, { asked }: SeatWish): Player {
    const former = player.peer;
    const { stream } = player.seat ?? {};
    player.changePeer(guest);
    displace(former, stream, asked?.stream);
    const seat = (player.seat ??= new Seat(undefined, false));
    this.returns.count(undefined);
    seat.begin(undefined);
    seat.belongTo(asked);
    player.room.returned(player, guest, false);
    return player;
  }

  /** The player's connection, here or on another node, is lost. Whether it keeps its seat. */
  lose(player: Player, former?: Former): boolean {
    const { room, isAway } = player;
    if (!room.players.has(player) || !room.keeps(player)) return false;
    player.changePeer(this.absent(player, former));
    if (!isAway) room.lost(player);
    return true;
  }

  /** A late ending of the former connection means nothing for the seat: that has let go of it first (R8). */
  private letGo(player: Player, asked: Asked | undefined): void {
    const former = player.peer;
    const { stream } = player.seat ?? {};
    player.changePeer(this.absent(player));
    displace(former, stream, asked?.stream);
  }

  private absent(player: Player, former?: Former): AbsentPeer {
    const gaveUp = (peer: AbsentPeer, ending: Ending): void => {
      const { room, clientId } = player;
      // To this node, the player that another node has is gone.
      if (player.peer !== peer && !player.peer.isElsewhere) return;
      const { serverCode } = room;
      room.leave(player, peer);
      if (former !== undefined) this.listener.gaveUp({ ...givenUp(former, ending), serverCode, clientId });
    };
    return new AbsentPeer(player.seat?.stream, gaveUp, player.peer.isElsewhere);
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

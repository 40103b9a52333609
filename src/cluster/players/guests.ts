/** The players of one other node in rooms of this node. */
import type { Player } from '../../relay/rooms/player.js';
import type { Room } from '../../relay/rooms/room.js';
import type { PlayerSeats, SeatWish } from '../../relay/seats/player-seats.js';
import type { BackboneCounters } from '../../relay/session/backbone-counters.js';
import { GuestGroup } from './guest-group.js';
import type { Guest } from './guest.js';
import type { Link } from '../link/link.js';
import { framesIn } from '../link/record-bodies.js';
import type { Starvation } from './starvation.js';

/** One end of a link: what comes from the other node's players, and what goes to them. */
export class Guests {
  private readonly byRef = new Map<number, [Guest, GuestGroup]>();
  private readonly groups = new Map<Room, GuestGroup>();
  private readonly groupsByRef = new Map<number, GuestGroup>();
  private lastGroup = 0;

  constructor(
    private readonly link: Link,
    private readonly starvation: Starvation,
    private readonly seats: PlayerSeats,
    private readonly counters: BackboneCounters,
  ) {}

  /**
   * Seats a player, unless it is a request that has come twice.
   *
   * @param own the seat that it comes back to, if to any.
   */
  join(room: Room, ref: number, wish: SeatWish, own: Player | undefined): void {
    if (this.byRef.has(ref)) return;
    const group = this.groups.get(room) ?? this.addGroup(room);
    this.byRef.set(ref, [group.join(ref, wish, own), group]);
    this.counters.guests++;
  }

  /** Frames of the players of a room, for its host. */
  toHost(groupRef: number, frames: Buffer): void {
    const room = this.groupsByRef.get(groupRef)?.room;
    if (room === undefined) return;
    const count = framesIn(frames);
    room.observer?.framesToHost(frames);
    room.host.sendFrames(frames, count);
  }

  gone(ref: number): void {
    const [guest, group] = this.byRef.get(ref) ?? [];
    if (guest !== undefined) group?.leave(guest);
  }

  /** Its connection is lost, and its node keeps what it misses. */
  away(ref: number): void {
    const [guest, group] = this.byRef.get(ref) ?? [];
    const { player } = guest ?? {};
    if (guest === undefined || player === undefined) return;
    // The host may want something else by now.
    if (!player.room.keeps(player)) group?.end(guest, 'left');
    else if (!player.isAway) player.room.lost(player);
  }

  /** It goes on at its node. */
  back(ref: number): void {
    const [guest] = this.byRef.get(ref) ?? [];
    const { player } = guest ?? {};
    if (guest !== undefined && player?.isAway) player.room.returned(player, guest, true);
  }

  /** The link is lost: to the hosts, its players are away (R10), or gone (N2). */
  lost(): void {
    this.starved(false);
    for (const [guest, group] of [...this.byRef.values()]) {
      if (guest.player !== undefined) this.seats.lose(guest.player);
      group.leave(guest);
    }
  }

  /** Their node does not keep up: hosts that send to it are not read until it does (B11). */
  starved(isStarved: boolean): void {
    for (const room of this.groups.keys()) this.starvation.set(this.link, room, isStarved);
  }

  private addGroup(room: Room): GuestGroup {
    const gone = (guest: Guest): void => this.removed(guest, group);
    const group = new GuestGroup(room, ++this.lastGroup, this.link, this.seats, gone);
    this.groups.set(room, group);
    this.groupsByRef.set(group.ref, group);
    room.outposts.add(group);
    if (this.link.isStarved) this.starvation.set(this.link, room, true);
    return group;
  }

  private removed({ ref }: Guest, group: GuestGroup): void {
    this.byRef.delete(ref);
    this.counters.guests--;
    if (!group.isEmpty) return;
    this.groups.delete(group.room);
    this.groupsByRef.delete(group.ref);
    group.room.outposts.delete(group);
    this.starvation.set(this.link, group.room, false);
  }
}

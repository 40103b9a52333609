/** One party: a host and the players who typed its code. */
import type { Message } from '../protocol/message.js';
import { connectNotice, disconnectNotice } from '../protocol/notices.js';
import { playerAway, playerBack } from '../protocol/relay-words.js';
import { Broadcast } from './broadcast.js';
import { type Claim, SOLE_CLAIM } from './claim.js';
import type { Inspector } from './inspector.js';
import type { Observer } from './observer.js';
import { HoldCause, Holding } from './holding.js';
import type { Peer } from './peer.js';
import { Player } from './player.js';
import { RoomCounts } from './room-counts.js';
import { type RoomRules, plainRules } from './room-rules.js';
import { Seat } from './seat.js';
import type { Turn } from './turn.js';

/**
 * Several players may share a `clientId` (L6), so players are grouped by id and a unicast reaches the whole
 * group (H3). A room lives exactly as long as its host, and tells it who comes and goes (N1, N2).
 */
export class Room {
  readonly broadcast: Broadcast;
  readonly openedAt = new Date();
  readonly counts = new RoomCounts();
  /** Told each id with which a player joins, wherever it is connected. */
  onJoin: ((clientId: string) => void) | undefined = undefined;
  /** Sees the messages that come; there is one for a moment now and then. */
  inspector: Inspector | undefined = undefined;
  /** Sees all messages, while a backend observes the room. */
  observer: Observer | undefined = undefined;
  rules: RoomRules = plainRules(0);
  /** What the host has beside its connection, if it has asked. */
  hostSeat: Seat | undefined = undefined;
  /** The groups of its players that are on other nodes. */
  readonly outposts = new Set<Outpost>();
  private readonly members = new Set<Player>();
  // Arrays, not sets: nearly every id has one player, and a party has many.
  private readonly membersById = new Map<string, Player[]>();
  /** Made when the first player goes away: most rooms have none. */
  private awayPlayers: Set<Player> | undefined = undefined;
  private readonly holding = new Holding(this.members);

  constructor(
    readonly serverCode: string,
    private currentHost: Peer,
    turn: Turn,
    readonly claim: Claim = SOLE_CLAIM,
  ) {
    this.broadcast = new Broadcast(this.members, turn, this);
  }

  get host(): Peer {
    return this.currentHost;
  }

  /** What is said to the host goes to `host` from now on; the peer before it is nothing to the room. */
  changeHost(host: Peer): void {
    this.currentHost = host;
    // That was the former one's matter.
    this.release();
    for (const outpost of this.outposts) outpost.hostChanged();
  }

  get players(): ReadonlySet<Player> {
    return this.members;
  }

  playersWith(clientId: string): readonly Player[] {
    return this.membersById.get(clientId) ?? NO_PLAYERS;
  }

  /** Players whose connections are lost, and whose seats are kept. */
  get playersAway(): ReadonlySet<Player> {
    return this.awayPlayers ?? NONE_AWAY;
  }

  /** Whether the room waits for its host. */
  get isHostAway(): boolean {
    return this.hostSeat?.isAway === true;
  }

  join(clientId: string, peer: Peer, seat?: Seat): Player {
    const player = new Player(this, clientId, peer, seat);
    this.members.add(player);
    const sharing = this.membersById.get(clientId);
    if (sharing === undefined) this.membersById.set(clientId, [player]);
    else sharing.push(player);
    this.broadcast.setApart(player);
    this.settle(peer);
    if (seat?.key !== undefined) this.counts.keys++;
    this.joined(player);
    this.onJoin?.(clientId);
    return player;
  }

  /** The peer is gone, and the player with it, unless another peer has its place. A player leaves once. */
  leave(player: Player, peer: Peer): void {
    if (player.peer !== peer || !this.members.delete(player)) return;
    const sharing = this.playersWith(player.clientId);
    if (sharing.length === 1) this.membersById.delete(player.clientId);
    else this.membersById.set(player.clientId, without(player, sharing));
    this.awayPlayers?.delete(player);
    player.seat?.stream?.end();
    this.left(player);
  }

  /** Whether a player keeps its seat when its connection is lost (R9, R12, R15). */
  keeps({ seat }: Player): boolean {
    return this.rules.grace > 0 && (this.rules.hasAsked || seat?.key !== undefined);
  }

  /** The player has no connection. */
  lost(player: Player): void {
    player.seat ??= new Seat(undefined, false);
    player.seat.awayFor = 0;
    (this.awayPlayers ??= new Set()).add(player);
    this.wentAway(player);
  }

  /** The player has another connection. `isResumed` says whether its stream goes on. */
  returned(player: Player, peer: Peer, isResumed: boolean): void {
    player.changePeer(peer);
    this.settle(peer);
    // Of a new stream nothing was said yet, also not earlier in this turn (R19).
    if (!isResumed) this.broadcast.leaveOut(player);
    const wasAway = this.awayPlayers?.delete(player) === true;
    if (player.seat !== undefined) player.seat.awayFor = undefined;
    if (player.seat?.key !== undefined) this.counts.keys++;
    else if (wasAway) this.counts.keylessReturns++;
    this.cameBack(player, wasAway, isResumed);
  }

  /** Says it to the players who hear what the relay itself says. */
  tell(message: Message): void {
    const listening = [...this.members].filter(({ seat }) => seat?.hasAsked === true);
    this.broadcast.toSome(listening, message);
  }

  /** Lets `seconds` pass for those who are away. The grace of players stands still while the host is away itself (R24). */
  beat(seconds: number): void {
    if (this.hostSeat?.awayFor !== undefined) {
      this.hostSeat.awayFor += seconds;
      if (this.hostSeat.awayFor >= this.rules.hold) this.host.end('left');
      return;
    }
    for (const { seat, peer } of this.playersAway) {
      if (seat?.awayFor === undefined) continue;
      seat.awayFor += seconds;
      if (seat.awayFor >= this.rules.grace) peer.end('left');
    }
  }

  /** The host does not keep up: its players are not read until it does (A9). */
  hold(): void {
    this.holding.set(HoldCause.SlowHost, true);
  }

  release(): void {
    this.holding.set(HoldCause.SlowHost, false);
  }

  /** The host is away: its players are not read until it is back, so that nothing they say is lost (R24). */
  holdForHost(isAway: boolean): void {
    this.holding.set(HoldCause.HostAway, isAway);
  }

  /** A peer that is new in the room is held as the others are. */
  protected settle(peer: Peer): void {
    this.holding.settle(peer);
  }

  protected wentAway({ clientId }: Player): void {
    if (this.rules.hasAsked) this.host.send(playerAway(clientId));
  }

  /** A host that has not asked never learned that the player was away: a new stream is a new player to it (R15). */
  protected cameBack({ clientId }: Player, wasAway: boolean, isResumed: boolean): void {
    if (this.rules.hasAsked) {
      if (wasAway || !isResumed) this.host.send(playerBack(clientId, isResumed));
    } else if (!isResumed) {
      this.host.send(disconnectNotice(clientId));
      this.host.send(connectNotice(clientId));
    }
  }

  protected joined({ clientId }: Player): void {
    this.host.send(connectNotice(clientId));
  }

  protected left({ clientId }: Player): void {
    this.host.send(disconnectNotice(clientId));
  }
}

/** The part of a room on another node. */
export interface Outpost {
  /** The host is away, or back, and what its room does for players may be different. */
  hostChanged(): void;
}

const NO_PLAYERS: readonly Player[] = [];
const NONE_AWAY: ReadonlySet<Player> = new Set();

function without(player: Player, sharing: readonly Player[]): Player[] {
  return sharing.filter((other) => other !== player);
}

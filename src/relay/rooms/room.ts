/** One party: a host and the players who typed its code. */
import { connectNotice, disconnectNotice } from '../protocol/notices.js';
import { Broadcast } from './broadcast.js';
import { type Claim, SOLE_CLAIM } from './claim.js';
import type { Inspector } from './inspector.js';
import type { Observer } from './observer.js';
import { HoldReason, type Peer } from './peer.js';
import { Player } from './player.js';
import { RoomCounts } from './room-counts.js';
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
  private readonly members = new Set<Player>();
  // Arrays, not sets: nearly every id has one player, and a party has many.
  private readonly membersById = new Map<string, Player[]>();
  private held = false;

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
  }

  get players(): ReadonlySet<Player> {
    return this.members;
  }

  playersWith(clientId: string): readonly Player[] {
    return this.membersById.get(clientId) ?? NO_PLAYERS;
  }

  join(clientId: string, peer: Peer): Player {
    const player = new Player(this, clientId, peer);
    this.members.add(player);
    const sharing = this.membersById.get(clientId);
    if (sharing === undefined) this.membersById.set(clientId, [player]);
    else sharing.push(player);
    this.broadcast.setApart(player);
    if (this.held) peer.hold(HoldReason.SlowHost);
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
    this.left(player);
  }

  /** The host does not keep up: its players are not read until it does. */
  hold(): void {
    this.held = true;
    for (const player of this.members) player.peer.hold(HoldReason.SlowHost);
  }

  release(): void {
    this.held = false;
    for (const player of this.members) player.peer.release(HoldReason.SlowHost);
  }

  protected joined({ clientId }: Player): void {
    this.host.send(connectNotice(clientId));
  }

  protected left({ clientId }: Player): void {
    this.host.send(disconnectNotice(clientId));
  }
}

const NO_PLAYERS: readonly Player[] = [];

function without(player: Player, sharing: readonly Player[]): Player[] {
  return sharing.filter((other) => other !== player);
}

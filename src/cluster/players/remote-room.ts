/** A room on another node, as its players on this node know it. */
import type { Message } from '../../relay/protocol/message.js';
import type { Ending } from '../../relay/rooms/endings.js';
import { HoldReason, type Peer } from '../../relay/rooms/peer.js';
import type { Player } from '../../relay/rooms/player.js';
import { Room } from '../../relay/rooms/room.js';
import type { Turn } from '../../relay/rooms/turn.js';
import type { Link } from '../link/link.js';
import { RecordType } from '../link/record.js';
import { NO_FACTS, type RoomFacts } from '../link/room-facts.js';

/** The host that is reached through a link. What a player sends it leaves stamped and framed. */
class RemoteHost implements Peer {
  readonly isElsewhere = true;

  constructor(
    private readonly roomRef: number,
    private readonly link: Link,
  ) {}

  send(message: Message): void {
    this.link.records.message(RecordType.ToHost, this.roomRef, message);
  }

  sendFrames(frames: Buffer): void {
    this.link.records.bytes(RecordType.ToHost, this.roomRef, frames);
  }

  // Only its own node reads from it and ends it.
  hold(): void {}
  release(): void {}
  end(_ending: Ending): void {}

  fail(error: unknown): void {
    this.link.failed(error);
  }
}

/** Who keeps the list of seats. */
export interface SeatKeeper {
  unseated(ref: number): void;
  emptied(): void;
}

/** Has the players of this node alone. The true room sends the host the notices of players that come and go. */
export class RemoteRoom extends Room {
  private readonly refs = new Map<Player, number>();
  private readonly byRef = new Map<number, Player>();
  private facts = NO_FACTS;

  constructor(
    serverCode: string,
    readonly ref: number,
    turn: Turn,
    private readonly link: Link,
    private readonly keeper: SeatKeeper,
  ) {
    super(serverCode, new RemoteHost(ref, link), turn);
  }

  override get isHostAway(): boolean {
    return this.facts.isHostAway;
  }

  learn(facts: RoomFacts): void {
    this.facts = facts;
    this.rules = facts.rules;
  }

  /** The true room has let the player in, and knows it by that number. */
  admit(ref: number, player: Player): void {
    this.refs.set(player, ref);
    this.byRef.set(ref, player);
  }

  find(ref: number): Player | undefined {
    return this.byRef.get(ref);
  }

  /** The true room has ended the player. */
  endPlayer(ref: number, ending: Ending): void {
    const player = this.byRef.get(ref);
    // It was away there for too long, and has come back here before this was known.
    const isBack = ending === 'left' && player?.isAway === false;
    if (player !== undefined) this.end(player, isBack ? 'link-lost' : ending);
  }

  /** Another connection, on whatever node, has the place of the player, and goes on with that stream. */
  giveWay(ref: number, stream: string): void {
    const player = this.byRef.get(ref);
    if (player === undefined) return;
    this.end(player, player.seat?.stream?.name === stream ? 'taken-over' : 'replaced');
  }

  /** Their host cannot be reached any more. */
  linkLost(ending: Ending): void {
    for (const player of [...this.players]) this.end(player, ending);
  }

  starved(isStarved: boolean): void {
    for (const { peer } of this.players) {
      if (isStarved) peer.hold(HoldReason.Link);
      else peer.release(HoldReason.Link);
    }
  }

  protected override settle(peer: Peer): void {
    super.settle(peer);
    if (this.link.isStarved) peer.hold(HoldReason.Link);
  }

  protected override joined(): void {}

  protected override wentAway(player: Player): void {
    this.report(RecordType.Away, player);
  }

  protected override cameBack(player: Player, wasAway: boolean): void {
    if (wasAway) this.report(RecordType.Back, player);
  }

  protected override left(player: Player): void {
    this.report(RecordType.Gone, player);
    this.forget(player);
    if (this.players.size === 0) this.keeper.emptied();
  }

  /** The true room needs no record of what it has done itself: the player is forgotten by then. */
  private report(type: RecordType, player: Player): void {
    const ref = this.refs.get(player);
    if (ref !== undefined) this.link.records.bytes(type, ref, NOTHING);
  }

  private end(player: Player, ending: Ending): void {
    this.forget(player);
    const { peer } = player;
    this.leave(player, peer);
    peer.end(ending);
  }

  private forget(player: Player): void {
    const ref = this.refs.get(player);
    if (ref === undefined) return;
    this.refs.delete(player);
    this.byRef.delete(ref);
    this.keeper.unseated(ref);
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

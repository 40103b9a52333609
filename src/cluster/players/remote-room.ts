/** A room on another node, as its players on this node know it. */
import type { Message } from '../../relay/protocol/message.js';
import type { Ending } from '../../relay/rooms/endings.js';
import { HoldReason, type Peer } from '../../relay/rooms/peer.js';
import type { Player } from '../../relay/rooms/player.js';
import { Room } from '../../relay/rooms/room.js';
import type { Turn } from '../../relay/rooms/turn.js';
import type { Link } from '../link/link.js';
import { RecordType } from '../link/record.js';

/** The host that is reached through a link. What a player sends it leaves stamped and framed. */
class RemoteHost implements Peer {
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

  constructor(
    serverCode: string,
    readonly ref: number,
    turn: Turn,
    private readonly link: Link,
    private readonly keeper: SeatKeeper,
  ) {
    super(serverCode, new RemoteHost(ref, link), turn);
  }

  /** Seats a player that its true room has let in. */
  seat(ref: number, clientId: string, peer: Peer): Player {
    const player = this.join(clientId, peer);
    this.refs.set(player, ref);
    this.byRef.set(ref, player);
    if (this.link.isStarved) peer.hold(HoldReason.Link);
    return player;
  }

  find(ref: number): Player | undefined {
    return this.byRef.get(ref);
  }

  /** The true room has ended the player, and needs no record of it. */
  end(player: Player, ending: Ending): void {
    this.forget(player);
    const { peer } = player;
    this.leave(player, peer);
    peer.end(ending);
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

  protected override joined(): void {}

  protected override left(player: Player): void {
    const ref = this.refs.get(player);
    if (ref !== undefined) {
      this.link.records.bytes(RecordType.Gone, ref, NOTHING);
      this.forget(player);
    }
    if (this.players.size === 0) this.keeper.emptied();
  }

  private forget(player: Player): void {
    const ref = this.refs.get(player) ?? 0;
    this.refs.delete(player);
    this.byRef.delete(ref);
    this.keeper.unseated(ref);
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

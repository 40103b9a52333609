/** A player on another node, as its room here knows it. */
import type { Message } from '../../relay/protocol/message.js';
import type { Ending } from '../../relay/rooms/endings.js';
import type { Peer } from '../../relay/rooms/peer.js';
import type { Player } from '../../relay/rooms/player.js';
import type { GuestGroup } from './guest-group.js';

/** A peer like any other: what it is sent goes over the link, together with what its group is sent. */
export class Guest implements Peer {
  readonly isElsewhere = true;
  /** Set as soon as it has joined. */
  player: Player | undefined;

  /** @param ref the number that its own node knows it by. */
  constructor(
    readonly ref: number,
    private readonly group: GuestGroup,
  ) {}

  send(message: Message): void {
    this.group.sendTo(this, message);
  }

  sendFrames(frames: Buffer): void {
    this.group.sendFrames(this, frames);
  }

  // All players of a room are held at once, since their host is slow or away; so the room is held, once.
  hold(): void {
    this.group.hold();
  }

  release(): void {
    this.group.release();
  }

  end(ending: Ending): void {
    // Its own node does not stop.
    this.group.end(this, ending === 'shutdown' ? 'host-left' : ending);
  }

  fail(): void {
    this.end('internal-error');
  }

  giveWay(stream = ''): void {
    this.group.giveWay(this, stream);
  }
}

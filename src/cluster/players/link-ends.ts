/** Both ends of one link: its guests here, and the players of this node at the other side. */
import type { LinkLoss } from '../../relay/session/backbone-counters.js';
import type { AwayPlayers } from './away-players.js';
import type { Guests } from './guests.js';
import type { Link } from '../link/link.js';
import type { LinkListener } from '../link/link-context.js';
import { RecordType } from '../link/record.js';

export class LinkEnds implements LinkListener {
  constructor(
    private readonly link: Link,
    readonly guests: Guests,
    private readonly away: AwayPlayers,
    private readonly linkLost: (node: string, loss: LinkLoss) => void,
  ) {}

  record(type: RecordType, about: number, bytes: Buffer): void {
    // A record by which the link was lost may have others behind it, which have no receivers any more.
    if (!this.link.isLost) dispatch(this.guests, this.away, type, about, bytes);
  }

  starved(isStarved: boolean): void {
    this.guests.starved(isStarved);
    this.away.starved(isStarved);
  }

  lost(loss: LinkLoss): void {
    this.linkLost(this.link.node, loss);
    try {
      this.away.lost('link-lost');
    } finally {
      this.guests.lost();
    }
  }
}

function dispatch(guests: Guests, away: AwayPlayers, type: RecordType, about: number, bytes: Buffer): void {
  switch (type) {
    case RecordType.Joined:
      return away.joined(about, bytes);
    case RecordType.ToAll:
      return away.toAll(about, bytes);
    case RecordType.ToSome:
      return away.toSome(bytes);
    case RecordType.ToOne:
      return away.toOne(about, bytes);
    case RecordType.Ended:
      return away.ended(about, bytes);
    case RecordType.Taken:
      return away.taken(about, bytes);
    case RecordType.Facts:
      return away.learn(about, bytes);
    case RecordType.Hold:
      return away.hold(about);
    case RecordType.Release:
      return away.release(about);
    case RecordType.ToHost:
      return guests.toHost(about, bytes);
    case RecordType.Gone:
      return guests.gone(about);
    case RecordType.Away:
      return guests.away(about);
    case RecordType.Back:
      return guests.back(about);
  }
}

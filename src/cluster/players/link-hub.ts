/** Both ends of all links of a node: who of it is elsewhere, and who from elsewhere is here. */
import type { Turn } from '../../relay/rooms/turn.js';
import type { BackboneCounters, LinkLoss } from '../../relay/session/backbone-counters.js';
import { Guests } from './guests.js';
import type { Link } from '../link/link.js';
import { Links, type LinksOwner } from '../link/links.js';
import { type RecordHandler, RecordType } from '../link/record.js';
import { Starvation } from './starvation.js';
import { AwayPlayers } from './away-players.js';
import type { PendingSeats } from './pending-seats.js';

/** What the links need of their node. */
export interface HubOwner {
  readonly counters: BackboneCounters;
  readonly turn: Turn;
  readonly maxQueued: number;
  readonly pending: PendingSeats;
  now(): number;
  publish(node: string, frame: Buffer): void;
  linkLost(node: string, loss: LinkLoss): void;
  failed(error: unknown): void;
}

interface Ends {
  readonly guests: Guests;
  readonly away: AwayPlayers;
}

export class LinkHub implements LinksOwner {
  readonly counters: BackboneCounters;
  readonly turn: Turn;
  readonly maxQueued: number;
  readonly links: Links;
  private readonly ends = new Map<Link, Ends>();
  private readonly starvation = new Starvation();

  constructor(private readonly owner: HubOwner) {
    this.counters = owner.counters;
    this.turn = owner.turn;
    this.maxQueued = owner.maxQueued;
    this.links = new Links(this);
  }

  /** The players of a node in rooms here; the link is begun if there is none. */
  guestsFrom(node: string): Guests {
    return this.endsOf(this.links.to(node)).guests;
  }

  now(): number {
    return this.owner.now();
  }

  publish(node: string, frame: Buffer): void {
    this.owner.publish(node, frame);
  }

  failed(error: unknown): void {
    this.owner.failed(error);
  }

  opened(link: Link): RecordHandler {
    const guests = new Guests(link, this.starvation, this.counters);
    const away = new AwayPlayers(link, this.turn, this.owner.pending, this.counters);
    this.ends.set(link, { guests, away });
    return (type, about, bytes) => {
      // A record by which the link was lost may have others behind it, which have no receivers any more.
      if (!link.isLost) dispatch(guests, away, type, about, bytes);
    };
  }

  lost(link: Link, loss: LinkLoss): void {
    const { guests, away } = this.endsOf(link);
    this.ends.delete(link);
    this.owner.linkLost(link.node, loss);
    try {
      away.lost('link-lost');
    } finally {
      guests.lost();
    }
  }

  starved(link: Link, isStarved: boolean): void {
    const { guests, away } = this.endsOf(link);
    guests.starved(isStarved);
    away.starved(isStarved);
  }

  private endsOf(link: Link): Ends {
    const ends = this.ends.get(link);
    if (ends === undefined) throw new Error('A link has ends from when it is opened until it is lost.');
    return ends;
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
    case RecordType.Hold:
      return away.hold(about);
    case RecordType.Release:
      return away.release(about);
    case RecordType.ToHost:
      return guests.toHost(about, bytes);
    case RecordType.Gone:
      return guests.gone(about);
  }
}

/** All links of a node, with the players at this side of each. */
import type { LinkLoss } from '../../relay/session/backbone-counters.js';
import type { PlayerSeats } from '../../relay/seats/player-seats.js';
import { AwayPlayers } from './away-players.js';
import { Guests } from './guests.js';
import type { Link } from '../link/link.js';
import type { LinkContext } from '../link/link-context.js';
import { LinkEnds } from './link-ends.js';
import { Links } from '../link/links.js';
import type { PendingSeats } from './pending-seats.js';
import { StandIns } from './stand-ins.js';
import { Starvation } from './starvation.js';

export class LinkHub {
  readonly links: Links;
  readonly standIns = new StandIns();
  private readonly ends = new WeakMap<Link, LinkEnds>();
  private readonly starvation = new Starvation();

  constructor(
    private readonly context: LinkContext,
    private readonly pending: PendingSeats,
    private readonly seats: PlayerSeats,
    private readonly linkLost: (node: string, loss: LinkLoss) => void,
  ) {
    this.links = new Links(context, (link) => this.opened(link));
  }

  /** The players of a node in rooms here; the hub begins a link if there is none. */
  guestsFrom(node: string): Guests {
    const ends = this.ends.get(this.links.to(node));
    if (ends === undefined) throw new Error('A link has ends from when it is opened.');
    return ends.guests;
  }

  private opened(link: Link): LinkEnds {
    const { counters, turn } = this.context;
    const guests = new Guests(link, this.starvation, this.seats, counters);
    const away = new AwayPlayers(link, turn, this.pending, this.standIns, counters);
    const ends = new LinkEnds(link, guests, away, this.linkLost);
    this.ends.set(link, ends);
    return ends;
  }
}

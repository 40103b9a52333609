/** The phone's half of the conversation: says who drives on each new connection, and answers what the screen asks. */
import type { PartyPlayer } from 'carparty-relay/client';
import type { ToPhone, ToScreen } from '../shared/messages.js';
import type { Driver } from './driver.js';
import { type Badge, Link } from './link.js';
import type { Steering } from './steering.js';

const GREETING_MS = 3_000;
const LOOK_MS = 250;

export interface ConversationEvents {
  bumped(strength: number): void;
  scored(score: number): void;
  /** Called a few times a second. */
  measured(badge: Badge): void;
  /** True if the game under this code seems to be another one, which has no words for this page. */
  recognised(isStranger: boolean): void;
}

export class Conversation {
  readonly #player: PartyPlayer<ToPhone, ToScreen>;
  readonly #steering: Steering;
  readonly #events: ConversationEvents;
  readonly #link: Link;
  #driver: Driver | undefined;
  /** The game has spoken to this page: it is the page's own, and stays it while connections come and go. */
  #isKnown = false;
  /** It has spoken on this connection. */
  #isGreeted = false;
  #untilGreeted: ReturnType<typeof setTimeout> | undefined;

  constructor(player: PartyPlayer<ToPhone, ToScreen>, steering: Steering, events: ConversationEvents) {
    this.#player = player;
    this.#steering = steering;
    this.#events = events;
    this.#link = new Link({
      doubted: () => player.sendIfOpen({ type: 'ask' }),
      died: () => player.retry(),
    });
    player.on('message', (message) => this.#received(message));
    player.on('status', ({ state }) => (state === 'joined' ? this.#joined() : this.#dropped()));
    setInterval(() => this.#look(), LOOK_MS);
  }

  /** A player wants to drive, or changes its name. */
  drive(driver: Driver): void {
    this.#driver = driver;
    if (this.#isGreeted) this.#enter(driver);
  }

  #joined(): void {
    // Another game owes this page no pings, and is not to see it leave and join: hence no `quietAfter` of the client.
    if (this.#isKnown) this.#link.up(performance.now());
    else this.#untilGreeted = setTimeout(() => this.#events.recognised(true), GREETING_MS);
  }

  /** The game is the same one when the connection is back; but each connection is greeted, and says who drives. */
  #dropped(): void {
    this.#link.down();
    this.#isGreeted = false;
    clearTimeout(this.#untilGreeted);
    this.#events.recognised(false);
  }

  #received(message: ToPhone): void {
    if (message.type === 'welcome' || message.type === 'ping') this.#greeted();
    if (message.type === 'ping') {
      this.#player.sendIfOpen({ type: 'pong', at: message.at });
      this.#link.heard(message.roundTrip);
      this.#look();
    } else if (message.type === 'bump') this.#events.bumped(message.strength);
    else if (message.type === 'score') this.#events.scored(message.score);
  }

  /** A screen pings whom it knows, also when it has missed that this is another connection. */
  #greeted(): void {
    if (this.#isGreeted) return;
    if (!this.#isKnown) this.#link.up(performance.now());
    this.#isKnown = this.#isGreeted = true;
    clearTimeout(this.#untilGreeted);
    this.#events.recognised(false);
    if (this.#driver) this.#enter(this.#driver);
  }

  #enter(driver: Driver): void {
    this.#player.send({ type: 'hello', ...driver });
    this.#steering.repeat();
  }

  #look(): void {
    this.#link.look(performance.now());
    this.#events.measured(this.#link.badge);
  }
}

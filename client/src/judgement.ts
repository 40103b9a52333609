/** What follows from the end of a connection: the role decides, by what this page has been through. */
import type { Login } from './attempt.js';
import type { Outbox } from './outbox.js';
import type { Presence } from './presence.js';
import type { Reason } from './reason.js';
import type { Role, Verdict } from './role.js';

/** Another page that takes the place so soon may be this one: its login before was late. */
const LATE_LOGIN_MS = 60_000;

export class Judgement {
  readonly #role: Role;
  readonly #presence: Presence;
  readonly #outbox: Outbox;
  readonly #patience: number;
  #refusals = 0;
  #hasRetaken = false;

  constructor(role: Role, presence: Presence, outbox: Outbox, patience: number) {
    this.#role = role;
    this.#presence = presence;
    this.#outbox = outbox;
    this.#patience = patience;
  }

  /** The page begins from the start. */
  reset(): void {
    this.#refusals = 0;
    this.#hasRetaken = false;
  }

  joined(): void {
    this.#refusals = 0;
  }

  /** `wasClosed` if the connection came about, and ended before it counted as accepted. */
  of(reason: Reason, login: Login, wasIn: boolean, wasClosed: boolean): Verdict {
    if (reason.code === 'replaced' && this.#retakes(login)) return { next: 'at-once', reason };
    // A busy relay may refuse so late that the login was taken for accepted.
    const isRefusal = reason.refused === true;
    if (isRefusal && wasIn) {
      this.#presence.undo();
      this.#outbox.restore();
    }
    const refused = isRefusal || wasClosed;
    if (refused) this.#refusals++;
    const recentlyJoined = this.#presence.lostFor < this.#patience;
    return this.#role.judge({ reason, refused, refusals: this.#refusals, recentlyJoined });
  }

  /** Once: two pages must not throw each other out for ever. */
  #retakes({ sentAt }: Login): boolean {
    if (this.#hasRetaken || performance.now() - sentAt > LATE_LOGIN_MS) return false;
    return (this.#hasRetaken = true);
  }
}

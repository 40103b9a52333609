/** The big screen's side: open a party under a code that is free, and keep it. */
import { normalCode, proposeCode } from './code.js';
import { Emitter } from './events.js';
import { makeId } from './identity.js';
import type { HostEvents } from './host-events.js';
import type { HostOptions } from './host-options.js';
import { Lifeline } from './lifeline.js';
import { type Message, readObject } from './message.js';
import { numbersOf } from './options.js';
import { CLOSED, type Reason, SHUTDOWN, takingBack } from './reason.js';
import { Recent } from './recent.js';
import type { Welcome, Word } from './relay-words.js';
import type { Outcome, Role, Verdict } from './role.js';
import { Roster } from './roster.js';
import type { Status } from './status.js';
import { surroundings } from './surroundings.js';

const PROPOSALS = 8;
const STORE_KEY = 'carparty:hosted';
/** A relay counts a connection that is gone for 60 seconds at most (A7), and the last pause comes on top. */
const INSIST_MS = 65_000;

/**
 * A host. It connects when it is made; `code` may change until the first `joined` and stays the same after it, also
 * when the relay was restarted: the players that wait under it find their party again.
 */
export class PartyHost<
  FromPlayer extends object = Message,
  ToPlayer extends object = Message,
> extends Emitter<HostEvents<FromPlayer>> {
  readonly #lifeline: Lifeline;
  readonly #roster: Roster;
  readonly #recent: Recent;
  readonly #isProposed: boolean;
  readonly #insistUntil: number;
  readonly #lookId = `screen-check-${makeId()}`;
  readonly #wishes: Record<string, unknown>;
  #code: string;
  #isOpened = false;
  #isHeld = false;
  #proposals = 0;

  /** Throws a TypeError, in words, if the URL can never work. */
  constructor(options: HostOptions = {}) {
    super();
    const { grace = 30_000, hold = 60_000, unique = false } = options;
    this.#wishes = { grace: seconds(grace), hold: seconds(hold), players: 'keep', ...(unique && { unique }) };
    const { patience } = numbersOf(options);
    this.#recent = new Recent(options.store ?? 'sessionStorage', STORE_KEY, patience);
    this.#isProposed = !options.code;
    const asked = options.code ?? options.preferredCode ?? this.#recent.last;
    this.#code = normalCode(asked ?? '') || proposeCode();
    this.#roster = new Roster({
      joined: (id, back) => this.emit('join', id, { back }),
      left: (id) => this.emit('leave', id),
    });
    const isReloaded = this.#recent.lastIn(this.#code) > -Infinity;
    this.#insistUntil = isReloaded ? Date.now() + Math.min(INSIST_MS, patience) : 0;
    this.#lifeline = new Lifeline(options, this.#role());
    this.#lifeline.start();
  }

  /** What to show to the players. */
  get code(): string {
    return this.#code;
  }

  get status(): Status {
    return this.#lifeline.status;
  }

  /** Milliseconds since any player was heard; undefined before the first message. */
  get quietFor(): number | undefined {
    return this.#lifeline.quietFor;
  }

  /** The ids of the players that are connected now, or away. */
  get players(): string[] {
    return this.#roster.ids;
  }

  /** To one player. False if a message had to be dropped, as with {@link broadcast}. */
  sendTo(clientId: string, message: ToPlayer): boolean {
    return this.#lifeline.send(JSON.stringify({ ...message, receiver_id: clientId }));
  }

  /**
   * To all players. Without a connection it waits for one, but on a relay without `$relay` the players do too: who is
   * back late misses it, so greet players at `join`. False if a message had to be dropped: one that is too large, after the end any, and of too
   * many that wait the oldest.
   */
  broadcast(message: ToPlayer): boolean {
    if ('receiver_id' in message)
      throw new TypeError('A message with receiver_id is for one player: use sendTo.');
    return this.#lifeline.send(JSON.stringify(message));
  }

  /** To one player, now or not at all: for what is stale a moment later. */
  sendToIfOpen(clientId: string, message: ToPlayer): boolean {
    return this.#lifeline.sendIfOpen(JSON.stringify({ ...message, receiver_id: clientId }));
  }

  /**
   * Opens another connection at once, also after the end. On a relay without `$relay`, a party that is there loses its
   * players for a moment.
   */
  retry(): void {
    this.#lifeline.start();
  }

  /** Ends the party; the relay disconnects the players. */
  close(): void {
    this.#lifeline.end();
  }

  #role(): Role {
    const roster = this.#roster;
    return {
      action: 'login_server',
      recent: this.#recent,
      get expects() {
        return roster.ids.length > 0;
      },
      identify: () => ({ server_code: this.#code }),
      wishes: this.#wishes,
      lookAs: () => ({ server_code: this.#code, client_id: this.#lookId }),
      entered: (welcome) => this.#entered(welcome),
      receive: (data, word) => (word ? this.#heard(word) : this.#receive(data)),
      judge: (outcome) => this.#judge(outcome),
      changed: (status, isIn) => {
        if (!isIn && !this.#isHeldIn(status)) roster.clear();
        if (status.state === 'joined') this.#isOpened = true;
        this.emit('status', status);
      },
      rejected: (rejection) => {
        // A developer should see it even so.
        if (!this.emit('rejected', rejection)) surroundings.console?.error(rejection.text);
      },
    };
  }

  /** Players whose host is lost are held for it; not by a relay that stops. */
  #isHeldIn(status: Status): boolean {
    return this.#isHeld && status.state !== 'ended' && status.reason?.code !== SHUTDOWN.code;
  }

  #entered(welcome?: Welcome): void {
    if (!welcome?.resumed) this.#roster.clear();
    this.#isHeld = Number(welcome?.hold) > 0;
  }

  #heard({ $relay, client_id: clientId, resumed }: Word): void {
    if (typeof clientId !== 'string') return;
    if ($relay === 'away') this.emit('away', clientId);
    if ($relay !== 'back') return;
    this.emit('back', clientId, { resumed: resumed === true });
    // Its page has seen nothing.
    if (resumed !== true) this.emit('join', clientId, { back: true });
  }

  #receive(data: unknown): void {
    const { client_id: clientId, ...message } = readObject(data) ?? {};
    if (typeof clientId !== 'string' || clientId === this.#lookId) return;
    if (!this.#roster.noticed(message, clientId)) this.emit('message', message as FromPlayer, clientId);
  }

  #judge({ reason, refused, recentlyJoined }: Outcome): Verdict {
    if (reason.retry === 'never') return { next: 'end', reason };
    const taken = reason.code === 'code-taken' || (refused && reason.code === CLOSED.code);
    if (!taken) return { next: 'retry', reason };
    // The relay may hold the code for the connection that was lost until it notices; the players know no other code.
    const insists = this.#isOpened ? recentlyJoined : Date.now() < this.#insistUntil;
    if (insists) return { next: 'insist', reason: takingBack(this.#code) };
    if (this.#isOpened || !this.#isProposed) return { next: 'end', reason: this.#isTaken() };
    this.#proposals++;
    this.#code = proposeCode(this.#proposals > 2 ? 5 : 4);
    return { next: this.#proposals < PROPOSALS ? 'at-once' : 'retry', reason };
  }

  #isTaken(): Reason {
    return { code: 'code-taken', text: `Another game already runs under ${this.#code}.` };
  }
}

/** As the relay counts. */
function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}

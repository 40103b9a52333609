/**
 * One login, kept alive over many connections: the login first, then what waited, and again when the connection is
 * gone. A `Role` says who logs in, and when to give up.
 */
import { type Login, UNANSWERED } from './attempt.js';
import { keyOf } from './identity.js';
import { Judgement } from './judgement.js';
import { Link, type LinkListener } from './link.js';
import { type ConnectionOptions, numbersOf } from './options.js';
import { Outbox } from './outbox.js';
import { Pauses } from './pauses.js';
import { Presence } from './presence.js';
import { blocked, CLOSED, LEFT, LOST, OFFLINE, type Reason } from './reason.js';
import { Relay } from './relay.js';
import type { Role, Verdict } from './role.js';
import { reasonIn, type Status } from './status.js';
import { isOffline } from './surroundings.js';
import { Vigil } from './vigil.js';
import { onWake, type Wake } from './wake.js';
import { Inquiry } from './why.js';

const STABLE_MS = 5_000;
const LONG_ABSENCE_MS = 20_000;
const SHORT_SILENCE_MS = 5_000;
const STUCK_MS = 1_000;

export class Lifeline {
  readonly #relay: Relay;
  readonly #role: Role;
  readonly #outbox: Outbox;
  readonly #link: Link;
  readonly #pauses: Pauses;
  readonly #presence: Presence;
  readonly #vigil: Vigil;
  readonly #inquiry: Inquiry;
  readonly #judgement: Judgement;
  #status: Status = { state: 'connecting' };
  #pause: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: (() => void) | undefined;
  #resumed = false;

  constructor(options: ConnectionOptions, role: Role) {
    this.#relay = new Relay(options);
    this.#role = role;
    const numbers = numbersOf(options);
    this.#outbox = new Outbox(numbers, (rejection) => role.rejected(rejection));
    this.#link = new Link(this.#relay, role, keyOf(options.store), this.#outbox);
    this.#pauses = new Pauses(numbers.maxPause);
    this.#presence = new Presence(role.recent, () => role.identify().server_code);
    this.#inquiry = new Inquiry(this.#relay.url);
    this.#judgement = new Judgement(role, this.#presence, this.#outbox, numbers.patience);
    this.#vigil = new Vigil(this.#relay, role, numbers.quietAfter, {
      login: () => this.#link.login,
      stays: () => {
        this.#presence.stay();
        this.#link.settle();
      },
      doubts: (reason) => this.#change({ state: 'waiting', reason }),
      trusts: () => this.#trust(),
      givesUp: (reason) => this.#connectSoon(reason),
    });
  }

  get status(): Status {
    return this.#status;
  }

  get quietFor(): number | undefined {
    return this.#vigil.silence.quietFor;
  }

  /** Connects now, also after the end, and also in place of a connection that is there. */
  start(): void {
    this.#stopWatching ??= onWake((wake) => {
      // What came while the page slept is handed to it first: it counts.
      if (this.#link.goesOn) setTimeout(() => this.#woken(wake));
      else this.#woken(wake);
    });
    this.#judgement.reset();
    this.#connectSoon();
  }

  /** Ends for good, until `start`. */
  end(reason: Reason = LEFT): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#link.close();
    this.#drop();
    if (reason === LEFT) {
      this.#presence.forget();
      this.#outbox.clear();
    }
    this.#change({ state: 'ended', reason });
  }

  /** False if the message, or an older one in its place, had to be dropped. */
  send(text: string): boolean {
    if (this.#status.state === 'ended') return false;
    // On a connection that is in doubt it would probably be lost. A host cannot have another meanwhile.
    if (this.#isDoubtful && this.#isReplaceable) this.#connect();
    return this.#outbox.send(text);
  }

  /** False if there is no connection that would take the message at once. */
  sendIfOpen(text: string): boolean {
    return this.#status.state === 'joined' && this.#outbox.sendIfIdle(text);
  }

  get #isDoubtful(): boolean {
    return this.#status.state === 'waiting' && this.#presence.isIn && !this.#role.missing;
  }

  /** Whether another connection may take the place of this one without harm to others. */
  get #isReplaceable(): boolean {
    return !this.#role.lookAs || this.#link.goesOn;
  }

  #connectSoon(reason?: Reason): void {
    this.#pauses.reset();
    this.#connect(reason);
  }

  #connect(reason = reasonIn(this.#status)): void {
    this.#drop();
    this.#change({ state: 'connecting', ...(reason && { reason }) });
    // A listener to the status may leave at once, here and below.
    if (this.#status.state === 'ended') return;
    try {
      this.#link.open(this.#listener);
    } catch (error) {
      this.end(blocked(this.#relay.url.href, error));
    }
  }

  readonly #listener: LinkListener = {
    joined: (welcome) => {
      this.#judgement.joined();
      this.#resumed = welcome?.resumed === true;
      this.#presence.enter();
      this.#vigil.begin();
      this.#role.entered(welcome);
      this.#trust();
    },
    received: (data, word) => {
      this.#vigil.heard();
      // A listener that heard of the join may have left at once.
      if (!this.#presence.isIn) return;
      this.#role.receive(data, word);
      if (word) this.#trust();
    },
    ended: (code, ending, login) => void this.#ended(code, ending, login),
    brokeOff: () => this.#beginAgain(),
  };

  /** As a new stream. */
  #beginAgain(): void {
    this.#drop();
    this.#outbox.stream.begin();
    this.#connectSoon();
  }

  /** The connection lives; whether there is a party is for the role to say. */
  #trust(): void {
    const { missing: reason } = this.#role;
    if (!this.#presence.isIn || (reason && reason === reasonIn(this.#status))) return;
    if (reason) this.#change({ state: 'waiting', reason });
    else if (this.#status.state !== 'joined')
      this.#change({ state: 'joined', ...(this.#resumed && { resumed: true }) });
  }

  async #ended(code: number, ending: string, login: Login): Promise<void> {
    if (code === UNANSWERED) return this.#beginAgain();
    const wasIn = this.#presence.isIn;
    this.#drop();
    if (wasIn) this.#lost(code);
    const status = this.#status;
    if (status.state === 'ended') return;
    const reason = await this.#inquiry.reasonOf(code, ending, wasIn, this.#role.identify(), login);
    // While the client asked the relay, the device may have woken up, or the page may have left.
    if (this.#status !== status) return;
    this.#follow(this.#judgement.of(reason, login, wasIn, code !== 0 && !wasIn));
  }

  #lost(code: number): void {
    if (this.#presence.lasted > STABLE_MS) this.#pauses.reset();
    this.#change({ state: 'waiting', reason: code === 1005 ? CLOSED : isOffline() ? OFFLINE : LOST });
  }

  #follow(verdict: Verdict): void {
    if (verdict.next === 'at-once') return this.#connect(verdict.reason);
    if (verdict.next === 'end') return this.end(verdict.reason);
    this.#pause = setTimeout(() => this.#connect(), this.#pauses.next(verdict.next));
    this.#change({ state: 'waiting', reason: verdict.reason });
  }

  #woken({ from, awayMs }: Wake): void {
    if (this.#status.state === 'ended') return;
    const isLong = awayMs > LONG_ABSENCE_MS;
    if (!this.#presence.isIn) {
      if (this.#status.state === 'waiting' || this.#link.openingFor > STUCK_MS) this.#connectSoon();
      return;
    }
    // A browser can take minutes to notice that a connection did not survive a change of network or a long sleep.
    if (this.#isReplaceable && (from === 'offline' || isLong || this.#isDoubtful)) return this.#connectSoon();
    if (isLong || this.#vigil.silence.onThisLink > SHORT_SILENCE_MS) this.#vigil.look();
  }

  /** The connection, if there is one, is none of ours any more. */
  #drop(): void {
    clearTimeout(this.#pause);
    this.#vigil.end();
    this.#link.drop();
    this.#presence.lose();
  }

  #change(status: Status): void {
    this.#status = status;
    this.#role.changed(status, this.#presence.isIn);
  }
}

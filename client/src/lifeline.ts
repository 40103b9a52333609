/**
 * One login, kept alive over many connections: the login first, then what waited, and again when the connection is
 * gone. A `Role` says who logs in, and when to give up.
 */
import type { Attempt, Login } from './attempt.js';
import { type ConnectionOptions, type Numbers, numbersOf } from './options.js';
import { Outbox } from './outbox.js';
import { Presence } from './presence.js';
import { blocked, CLOSED, LEFT, LOST, OFFLINE, type Reason } from './reason.js';
import { Relay } from './relay.js';
import type { Role } from './role.js';
import type { SocketLike } from './socket.js';
import { reasonIn, type Status } from './status.js';
import { isOffline } from './surroundings.js';
import { Vigil } from './vigil.js';
import { onWake, type Wake } from './wake.js';
import { Inquiry } from './why.js';

const FIRST_PAUSE_MS = 300;
const STABLE_MS = 5_000;
const LONG_ABSENCE_MS = 20_000;
const SHORT_SILENCE_MS = 5_000;
const STUCK_MS = 1_000;

export class Lifeline {
  readonly #relay: Relay;
  readonly #role: Role;
  readonly #numbers: Numbers;
  readonly #outbox: Outbox;
  readonly #presence: Presence;
  readonly #vigil: Vigil;
  readonly #inquiry: Inquiry;
  #status: Status = { state: 'connecting' };
  #attempt: Attempt | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: (() => void) | undefined;
  #failures = 0;
  #refusals = 0;

  constructor(options: ConnectionOptions, role: Role) {
    this.#relay = new Relay(options);
    this.#role = role;
    this.#numbers = numbersOf(options);
    this.#outbox = new Outbox(this.#numbers, (rejection) => role.rejected(rejection));
    this.#presence = new Presence(role.recent, () => role.identify().server_code);
    this.#inquiry = new Inquiry(this.#relay.url);
    this.#vigil = new Vigil(this.#relay, role, this.#numbers.quietAfter, {
      stays: () => {
        this.#presence.stay();
        this.#outbox.settle();
      },
      doubts: (reason) => this.#change({ state: 'waiting', reason }),
      trusts: () => this.#status.state !== 'joined' && this.#change({ state: 'joined' }),
      givesUp: (reason) => this.#connect(reason, 0),
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
    this.#stopWatching ??= onWake(this.#woken);
    this.#refusals = 0;
    this.#connect(undefined, 0);
  }

  /** Ends for good, until `start`. */
  end(reason: Reason = LEFT): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    // What was said last still leaves.
    this.#attempt?.close();
    this.#attempt = undefined;
    this.#drop();
    if (reason === LEFT) {
      this.#presence.forget();
      this.#outbox.clear();
    }
    this.#change({ state: 'ended', reason });
  }

  /** False if the message, or an older one in its place, had to be dropped. */
  send(text: string): boolean {
    const { state } = this.#status;
    if (state === 'ended') return false;
    // On a connection that is in doubt it would probably be lost. A host cannot have another meanwhile.
    if (state === 'waiting' && this.#presence.isIn && !this.#role.lookAs) this.#connect();
    return this.#outbox.send(text);
  }

  /** False if there is no connection that would take the message at once. */
  sendIfOpen(text: string): boolean {
    return this.#status.state === 'joined' && this.#outbox.sendIfIdle(text);
  }

  #connect(reason = reasonIn(this.#status), failures = this.#failures): void {
    this.#failures = failures;
    this.#drop();
    this.#outbox.settle();
    this.#change({ state: 'connecting', ...(reason && { reason }) });
    // A listener to the status may leave at once, here and below.
    if (this.#status.state === 'ended') return;
    try {
      const attempt = this.#relay.connect(this.#role.action, this.#role.identify(), {
        joined: (socket) => this.#joined(socket),
        received: (data) => this.#received(data),
        ended: (code) => void this.#ended(code, attempt.login),
      });
      this.#attempt = attempt;
    } catch (error) {
      this.end(blocked(this.#relay.url.href, error));
    }
  }

  #joined(socket: SocketLike): void {
    this.#refusals = 0;
    this.#presence.enter();
    this.#vigil.begin();
    this.#outbox.attach(socket);
    this.#change({ state: 'joined' });
  }

  #received(data: unknown): void {
    this.#outbox.settle();
    this.#vigil.heard();
    // A listener that heard of the join may have left at once.
    if (this.#presence.isIn) this.#role.receive(data);
  }

  async #ended(code: number, login: Login): Promise<void> {
    const wasIn = this.#presence.isIn;
    this.#drop();
    if (wasIn) this.#lost(code);
    const status = this.#status;
    if (status.state === 'ended') return;
    const reason = await this.#inquiry.reasonOf(code, wasIn, this.#role.identify(), login);
    // While the client asked the relay, the device may have woken up, or the page may have left.
    if (this.#status !== status) return;
    // A busy relay may refuse so late that the login was taken for accepted.
    const isRefusal = reason.refused === true;
    if (isRefusal && wasIn) {
      this.#presence.undo();
      this.#outbox.restore();
    }
    this.#decide(reason, isRefusal || (code !== 0 && !wasIn));
  }

  #lost(code: number): void {
    if (this.#presence.lasted > STABLE_MS) this.#failures = 0;
    this.#change({ state: 'waiting', reason: code === 1005 ? CLOSED : isOffline() ? OFFLINE : LOST });
  }

  #decide(reason: Reason, refused: boolean): void {
    if (refused) this.#refusals++;
    const recentlyJoined = this.#presence.lostFor < this.#numbers.patience;
    const verdict = this.#role.judge({ reason, refused, refusals: this.#refusals, recentlyJoined });
    if (verdict.next === 'at-once') return this.#connect(verdict.reason);
    if (verdict.next === 'end') return this.end(verdict.reason);
    const longest = Math.min(this.#numbers.maxPause, FIRST_PAUSE_MS * 2 ** this.#failures++);
    // Full jitter: after a restart a thousand phones must not come back at once. A host that insists is alone, and
    // must not ask more often than an address may (A18).
    const part = verdict.next === 'insist' ? 0.75 + Math.random() / 4 : Math.random();
    this.#pause = setTimeout(() => this.#connect(), part * longest);
    this.#change({ state: 'waiting', reason: verdict.reason });
  }

  readonly #woken = ({ from, awayMs }: Wake): void => {
    const long = awayMs > LONG_ABSENCE_MS;
    const { isIn } = this.#presence;
    if (isIn && this.#role.lookAs) {
      if (long || this.#vigil.silence.onThisLink > SHORT_SILENCE_MS) this.#vigil.look();
      return;
    }
    // A browser can take minutes to notice that a connection did not survive a change of network or a long sleep.
    const stale = isIn && (from === 'offline' || long);
    const stuck = this.#attempt?.isOpening && performance.now() - this.#attempt.startedAt > STUCK_MS;
    if (this.#status.state === 'waiting' || stuck || stale) this.#connect(undefined, 0);
  };

  /** The connection, if there is one, is none of ours any more. */
  #drop(): void {
    clearTimeout(this.#pause);
    this.#vigil.end();
    this.#outbox.detach();
    this.#attempt?.abandon();
    this.#attempt = undefined;
    this.#presence.lose();
  }

  #change(status: Status): void {
    this.#status = status;
    this.#role.changed(status, this.#presence.isIn);
  }
}

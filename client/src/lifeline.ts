/**
 * One login, kept alive over many connections: the login first, then what waited, and again when the connection is
 * gone. Who logs in, and when to give up, is told by a `Role`.
 */
import { Attempt } from './attempt.js';
import type { ConnectionOptions } from './options.js';
import { Outbox } from './outbox.js';
import { blocked, CLOSED, LEFT, LOST, OFFLINE, type Reason, SHUTDOWN, unreachable } from './reason.js';
import { partyUrl, relayUrl } from './relay-url.js';
import type { Role } from './role.js';
import type { SocketConstructor } from './socket.js';
import type { Status } from './status.js';
import { isOffline, surroundings } from './surroundings.js';
import { onWake, type Wake } from './wake.js';
import { askWhy, REFUSALS } from './why.js';

const FIRST_PAUSE_MS = 300;
const STABLE_MS = 5_000;
const LONG_ABSENCE_MS = 20_000;
const STUCK_MS = 1_000;

export class Lifeline {
  readonly #url: URL;
  readonly #role: Role;
  readonly #outbox: Outbox;
  readonly #WebSocket: SocketConstructor;
  readonly #maxPause: number;
  readonly #patience: number;
  #status: Status = { state: 'connecting' };
  #attempt: Attempt | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: (() => void) | undefined;
  #joinedAt = 0;
  #lostAt = -Infinity;
  #failures = 0;
  #refusals = 0;

  constructor(options: ConnectionOptions, role: Role) {
    const constructor = options.WebSocket ?? surroundings.WebSocket;
    if (!constructor)
      throw new TypeError('There is no global WebSocket here: pass `WebSocket` of the package ws.');
    this.#WebSocket = constructor;
    this.#url = relayUrl(options.url, surroundings.location?.href);
    this.#role = role;
    this.#outbox = new Outbox(options.queueLimit ?? 64);
    this.#maxPause = options.maxPause ?? 5_000;
    this.#patience = options.patience ?? 120_000;
  }

  get status(): Status {
    return this.#status;
  }

  /** Connects now, also after the end; whatever was given up before gets a new chance. */
  start(): void {
    this.#stopWatching ??= onWake(this.#woken);
    this.#failures = this.#refusals = 0;
    this.#connect();
  }

  /** Ends for good, until `start`. */
  end(reason: Reason = LEFT): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#drop();
    this.#outbox.clear();
    this.#change({ state: 'ended', reason });
  }

  /** False if the message, or an older one in its place, had to be dropped. */
  send(text: string): boolean {
    return this.#status.state !== 'ended' && this.#outbox.send(text);
  }

  /** False if there is no connection that would take the message at once. */
  sendIfOpen(text: string): boolean {
    return this.#status.state === 'joined' && this.#outbox.sendIfIdle(text);
  }

  #connect(reason = 'reason' in this.#status ? this.#status.reason : undefined): void {
    this.#drop();
    this.#change({ state: 'connecting', ...(reason && { reason }) });
    // Whoever hears of a status may leave at once, here and below.
    if (this.#status.state === 'ended') return;
    const identity = this.#role.identify();
    const login = JSON.stringify({ action: this.#role.action, ...identity });
    const url = partyUrl(this.#url, identity.server_code);
    try {
      this.#attempt = new Attempt(this.#WebSocket, url, login, {
        loggedIn: (socket) => this.#outbox.attach(socket),
        joined: () => this.#joined(),
        received: (data) => this.#role.receive(data),
        ended: (code) => void this.#ended(code),
      });
    } catch (error) {
      this.end(blocked(this.#url.href, error));
    }
  }

  #joined(): void {
    this.#refusals = 0;
    this.#joinedAt = Date.now();
    this.#outbox.confirm();
    this.#change({ state: 'joined' });
  }

  async #ended(code: number): Promise<void> {
    const wasJoined = this.#status.state === 'joined';
    const lostBefore = this.#lostAt;
    this.#drop();
    if (wasJoined) this.#lost(code);
    const { status } = this;
    if (status.state === 'ended') return;
    const reason = await this.#reasonOf(code, wasJoined);
    // While the relay was asked, the device may have woken up, or somebody left.
    if (this.#status !== status) return;
    // A busy relay may refuse so late that the login was taken for accepted.
    const wasRefused = !wasJoined || REFUSALS.includes(reason.code);
    if (wasRefused) this.#lostAt = lostBefore;
    this.#decide(reason, code !== 0 && wasRefused);
  }

  #lost(code: number): void {
    this.#lostAt = Date.now();
    if (this.#lostAt - this.#joinedAt > STABLE_MS) this.#failures = 0;
    this.#change({ state: 'waiting', reason: code === 1005 ? CLOSED : isOffline() ? OFFLINE : LOST });
  }

  async #reasonOf(code: number, wasJoined: boolean): Promise<Reason> {
    if (code === 1001) return SHUTDOWN;
    if (code === 0 && !isOffline()) return unreachable(this.#url.href);
    // A connection that broke, rather than being closed, was not ended by the relay.
    const broke = code === 0 || (wasJoined && code === 1006);
    if (broke) return isOffline() ? OFFLINE : LOST;
    return askWhy(this.#url, this.#role.identify());
  }

  #decide(reason: Reason, refused: boolean): void {
    if (refused) this.#refusals++;
    const recentlyJoined = Date.now() - this.#lostAt < this.#patience;
    const verdict = this.#role.judge({ reason, refused, refusals: this.#refusals, recentlyJoined });
    if (verdict === 'at-once') return this.#connect(reason);
    if (verdict !== 'retry') return this.end(verdict);
    // Full jitter: after a restart of the relay a thousand phones must not come back at the same moment.
    const longest = Math.min(this.#maxPause, FIRST_PAUSE_MS * 2 ** this.#failures++);
    this.#pause = setTimeout(() => this.#connect(), Math.random() * longest);
    this.#change({ state: 'waiting', reason });
  }

  readonly #woken = ({ from, awayMs }: Wake): void => {
    const { state } = this.#status;
    const stuck = this.#attempt?.isOpening && Date.now() - this.#attempt.startedAt > STUCK_MS;
    // A browser can take minutes to notice that a connection did not survive a change of network or a long sleep.
    const long = awayMs > LONG_ABSENCE_MS;
    const { replaceable } = this.#role;
    const stale = state === 'joined' && (from === 'offline' ? replaceable || long : replaceable && long);
    if (state !== 'waiting' && !stuck && !stale) return;
    this.#failures = 0;
    this.#connect();
  };

  #drop(): void {
    clearTimeout(this.#pause);
    this.#outbox.detach();
    this.#attempt?.close();
    this.#attempt = undefined;
  }

  #change(status: Status): void {
    this.#status = status;
    this.#role.changed(status);
  }
}

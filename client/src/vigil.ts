/** Watches a connection that counts as joined. The protocol answers nothing, so a dead one looks like a quiet one. */
import type { Login } from './attempt.js';
import { Look } from './look.js';
import { OFFLINE, quiet, type Reason, unreachable } from './reason.js';
import type { Relay } from './relay.js';
import type { Role } from './role.js';
import { Silence } from './silence.js';
import { isOffline } from './surroundings.js';

const BEAT_MS = 1_000;
const STAY_BEATS = 10;
const LOOK_BEATS = 30;
const LOOK_AGAIN_MS = 5_000;
/** After so much silence a peer asks a relay that can tell whether it still counts the connection. */
const ASK_AFTER_MS = 15_000;

export interface VigilListener {
  /** What is known of the login of the connection, if there is one. */
  login(): Login | undefined;
  /** Ten seconds more. */
  stays(): void;
  /** It may be dead, for all that is known; or it is not, after that. */
  doubts(reason: Reason): void;
  trusts(): void;
  /** It is dead, or so probably that another one is better. */
  givesUp(reason: Reason): void;
}

export class Vigil {
  readonly silence = new Silence();
  readonly #relay: Relay;
  readonly #role: Role;
  readonly #quietAfter: number;
  readonly #listener: VigilListener;
  #beating: ReturnType<typeof setInterval> | undefined;
  #beats = 0;
  #lookedAt = -Infinity;
  #look: Look | undefined;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /** `quietAfter` is Infinity if silence means nothing. */
  constructor(relay: Relay, role: Role, quietAfter: number, listener: VigilListener) {
    this.#relay = relay;
    this.#role = role;
    this.#quietAfter = quietAfter;
    this.#listener = listener;
  }

  begin(): void {
    this.end();
    this.silence.linked();
    this.#beats = 0;
    this.#lookedAt = -Infinity;
    this.#beating = setInterval(() => this.#beat(), BEAT_MS);
  }

  end(): void {
    clearInterval(this.#beating);
    this.#stopLooking();
  }

  heard(): void {
    this.silence.heard();
    this.#stopLooking();
    this.#listener.trusts();
  }

  /** Finds out whether the connection lives, as far as the relay can tell. */
  look(): void {
    const login = this.#listener.login();
    if (this.#look || !login) return;
    clearTimeout(this.#pause);
    this.#lookedAt = this.#beats;
    this.#look = new Look(this.#relay, this.#role, login, (finding) => {
      this.#look = undefined;
      if (finding === 'gone') this.#replace(this.silence.onThisLink);
      else if (finding === 'unreachable') this.#isUnreachable();
      else this.#listener.trusts();
    });
  }

  #replace(silentMs: number): void {
    this.silence.replaced();
    this.#listener.givesUp(quiet(silentMs));
  }

  /** The network may heal, and the connection with it: then its players never notice. */
  #isUnreachable(): void {
    this.#pause = setTimeout(() => this.look(), LOOK_AGAIN_MS);
    this.#listener.doubts(isOffline() ? OFFLINE : unreachable(this.#relay.url.href));
  }

  #stopLooking(): void {
    clearTimeout(this.#pause);
    this.#look?.stop();
    this.#look = undefined;
  }

  #beat(): void {
    this.silence.beat();
    if (++this.#beats % STAY_BEATS === 0) this.#listener.stays();
    const isWelcome = this.#listener.login()?.isWelcome === true;
    if (isWelcome && this.silence.isLongerThan(ASK_AFTER_MS)) this.#lookInTime();
    this.#expect(!this.#role.lookAs || isWelcome);
  }

  /** What a game that promised to talk does not say. One that never said a word may have none to say. */
  #expect(isReplaceable: boolean): void {
    const { quietFor, counted } = this.silence;
    if (counted < this.#quietAfter || quietFor === undefined || !this.#role.expects) return;
    if (isReplaceable && this.silence.isLongerThan(2 * this.#quietAfter)) this.#replace(quietFor);
    else if (this.#role.lookAs) this.#lookInTime();
    else this.#listener.doubts(quiet(quietFor));
  }

  #lookInTime(): void {
    if (this.#beats - this.#lookedAt >= LOOK_BEATS) this.look();
  }
}

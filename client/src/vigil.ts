/** Watches a connection that counts as joined. The protocol answers nothing, so a dead one looks like a quiet one. */
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

export interface VigilListener {
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

  /** Finds out whether a host's connection lives; a player would rather replace its own. */
  look(): void {
    const who = this.#role.lookAs?.();
    if (!who || this.#look) return;
    clearTimeout(this.#pause);
    this.#lookedAt = this.#beats;
    this.#look = new Look(this.#relay, who, (finding) => {
      this.#look = undefined;
      if (finding === 'gone') this.#listener.givesUp(quiet(this.silence.onThisLink));
      else if (finding === 'unknown') this.#listener.trusts();
      else this.#isUnreachable();
    });
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
    const { quietFor } = this.silence;
    const silent = this.silence.beat();
    if (++this.#beats % STAY_BEATS === 0) this.#listener.stays();
    // A game that never said a word may have none to say.
    if (silent < this.#quietAfter || quietFor === undefined || !this.#role.expects) return;
    if (this.#role.lookAs) {
      if (this.#beats - this.#lookedAt >= LOOK_BEATS) this.look();
      return;
    }
    if (this.silence.isWorthAnother(this.#quietAfter)) this.#listener.givesUp(quiet(quietFor));
    else this.#listener.doubts(quiet(quietFor));
  }
}

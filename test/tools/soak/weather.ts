// Where the parties of a soak are, and what may happen to them there that is not a mistake.
import type { Dice } from '../fuzz/dice.js';
import type { Guest } from './guest.js';

/** A relay, or one node of it; after a restart it may be elsewhere. */
export interface Place {
  url(): string;
}

/** What a fault may do, by the rules of chapter B; from when it begins until nothing follows from it any more. */
export interface Harm {
  /** Whether who is `at` a place may be ended, and those whose host is at `host`; of a host the two are the same. */
  mayEnd(at: Place, host: Place): boolean;
  /** Whether a player may be refused who asks there for a host that is there. */
  mayRefuse(at: Place, host: Place): boolean;
  /** Whether another host may get the code of one that is at a place. */
  mayTakeOver(host: Place): boolean;
}

export const HARMLESS: Harm = { mayEnd: () => false, mayRefuse: () => false, mayTakeOver: () => false };

/** The harm that is done at present. */
export class Weather implements Harm {
  private harm = HARMLESS;

  get isCalm(): boolean {
    return this.harm === HARMLESS;
  }

  turn(harm: Harm): void {
    this.harm = harm;
  }

  mayEnd(at: Place, host: Place): boolean {
    return this.harm.mayEnd(at, host);
  }

  /** Whether a player may be disconnected, who has been let in or has not. */
  mayLose({ at, attendance }: Guest, host: Place): boolean {
    return attendance.isExpected ? this.mayRefuse(at, host) : this.mayEnd(at, host);
  }

  mayRefuse(at: Place, host: Place): boolean {
    return this.harm.mayEnd(at, host) || this.harm.mayRefuse(at, host);
  }

  mayTakeOver(host: Place): boolean {
    return this.harm.mayTakeOver(host);
  }
}

/** What all parties of a soak share. */
export interface Setting {
  /** Each peer takes one of them. */
  readonly places: readonly [Place, ...Place[]];
  readonly dice: Dice;
  readonly weather: Weather;
  /** Whether there are hosts that keep seats, and players that come back to them. */
  readonly hasSeats?: boolean;
}

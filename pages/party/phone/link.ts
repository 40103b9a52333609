/** How fresh the link to the big screen is: what the badge says grows old, and a dead link is replaced. */
import { describeLink, describeSilence, type LinkQuality, qualityOf } from '../shared/round-trip.js';

/** The screen pings each second. */
const ASK_AFTER_MS = 1_500;
const BAD_AFTER_MS = 2_500;
const REPLACE_AFTER_MS = 8_000;
const LONGEST_PATIENCE_MS = 64_000;
/** A page that slept has not read the messages that came meanwhile: its sleep does not count as silence. */
const LONGEST_STEP_MS = 1_000;

export interface LinkEvents {
  /** Nothing came for a while: the screen may be asked for a ping. */
  doubted(): void;
  /** Nothing came for so long that a new connection is worth a try. */
  died(): void;
}

export interface Badge {
  readonly text: string;
  readonly quality: LinkQuality;
}

export class Link {
  readonly #events: LinkEvents;
  #roundTrip: number | undefined;
  #isUp = false;
  #wasUp = false;
  #lookedAt = 0;
  #silence = 0;
  #patience = REPLACE_AFTER_MS;

  constructor(events: LinkEvents) {
    this.#events = events;
  }

  /** A connection is there; `now` is in milliseconds, here and below. */
  up(now: number): void {
    this.#isUp = this.#wasUp = true;
    this.#silence = 0;
    this.#lookedAt = now;
  }

  /** Nothing can come now; the badge grows old all the same. */
  down(): void {
    this.#isUp = false;
    this.#roundTrip = undefined;
  }

  /** The screen said how long its last ping took, if it knows. */
  heard(roundTrip: number | undefined): void {
    this.#roundTrip = roundTrip;
    this.#silence = 0;
    this.#patience = REPLACE_AFTER_MS;
  }

  /** To be called a few times a second while the screen is expected to speak. */
  look(now: number): void {
    this.#silence += Math.min(now - this.#lookedAt, LONGEST_STEP_MS);
    this.#lookedAt = now;
    if (!this.#isUp) return;
    if (this.#silence > this.#patience) {
      // A screen that is frozen stays silent on every connection.
      this.#patience = Math.min(2 * this.#patience, LONGEST_PATIENCE_MS);
      this.#events.died();
    } else if (this.#silence > ASK_AFTER_MS) this.#events.doubted();
  }

  get badge(): Badge {
    if (this.#wasUp && this.#silence > BAD_AFTER_MS)
      return { text: describeSilence(this.#silence), quality: 'bad' };
    return { text: describeLink(this.#roundTrip), quality: qualityOf(this.#roundTrip) };
  }
}

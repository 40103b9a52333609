/** How good a link is, from the times that pings took there and back. */

export type LinkQuality = 'unknown' | 'good' | 'fair' | 'bad';

const REMEMBERED = 5;
const FAIR_MS = 120;
const BAD_MS = 300;

/** What a hand notices while steering. */
export function qualityOf(milliseconds: number | undefined): LinkQuality {
  if (milliseconds === undefined) return 'unknown';
  if (milliseconds >= BAD_MS) return 'bad';
  return milliseconds >= FAIR_MS ? 'fair' : 'good';
}

/** As a badge says it; the marks are for who cannot tell green from red. */
export function describeLink(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return '…';
  const mark = { unknown: '', good: '', fair: '▲ ', bad: '✕ ' }[qualityOf(milliseconds)];
  return `${mark}${milliseconds < 10_000 ? Math.round(milliseconds) : '>9999'} ms`;
}

/** As a badge says it when nothing comes any more. */
export function describeSilence(milliseconds: number): string {
  return `✕ ${Math.floor(milliseconds / 1_000)} s`;
}

/** The round trips of one phone. A ping that is still out counts as soon as it took longer than the others. */
export class RoundTrips {
  readonly #last: number[] = [];
  #waitingSince: number | undefined;

  /** A ping leaves now; one that is still out stays the one that is waited for. */
  sent(now: number): void {
    this.#waitingSince ??= now;
  }

  answered(sentAt: number, now: number): void {
    // A phone could answer what it was never asked.
    if (this.#waitingSince === undefined || sentAt < this.#waitingSince || sentAt > now) return;
    this.#waitingSince = undefined;
    this.#last.push(now - sentAt);
    if (this.#last.length > REMEMBERED) this.#last.shift();
  }

  /** The median, in milliseconds, so that one late answer does not alarm anybody. */
  current(now: number): number | undefined {
    const sorted = [...this.#last].sort((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)];
    const waiting = this.#waitingSince === undefined ? 0 : now - this.#waitingSince;
    return waiting > Math.max(BAD_MS, median ?? 0) ? waiting : median;
  }
}

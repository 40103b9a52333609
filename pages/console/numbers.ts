/** Numbers as people read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** `0.4`, `12`, `1,234`, `1.2 M`. */
export function count(value: number): string {
  if (value >= 1e6) return `${fine.format(value / 1e6)} M`;
  return value < 10 ? fine.format(value) : whole.format(value);
}

/** Bytes as KiB, without the unit. */
export function kib(bytes: number): string {
  return count(bytes / 1024);
}

export function bytes(value: number): string {
  if (value < 1024) return `${whole.format(value)} B`;
  return value < 2 ** 20 ? `${kib(value)} KiB` : `${fine.format(value / 2 ** 20)} MiB`;
}

export function milliseconds(value: number | undefined): string {
  if (value === undefined) return '–';
  return value < 10_000 ? `${whole.format(value)} ms` : `${whole.format(value / 1_000)} s`;
}

/** `12 s`, `3 min`, `2 h 05`, `3 days`. */
export function duration(value: number): string {
  const seconds = Math.max(0, Math.round(value / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.floor(hours / 24)} days`;
}

export function clock(at: number): string {
  return time.format(at);
}

/** How good a round trip is, in the words that the style sheet knows. */
export function qualityOf(roundTrip: number | undefined): 'unknown' | 'good' | 'fair' | 'bad' {
  if (roundTrip === undefined) return 'unknown';
  return roundTrip < 100 ? 'good' : roundTrip < 300 ? 'fair' : 'bad';
}

/** "away, 12 s left, 40 KiB kept". */
export function absence(secondsLeft: number | undefined, kept = 0): string {
  const left = secondsLeft === undefined ? [] : [`${whole.format(Math.ceil(secondsLeft))} s left`];
  return ['away', ...left, ...(kept > 0 ? [`${bytes(kept)} kept`] : [])].join(', ');
}

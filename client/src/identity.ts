/** The id by which a game knows a phone again, after a reload and the next evening. */
import { randomBelow } from './code.js';
import { recall, remember, type StorePlace } from './store.js';

const KEY = 'carparty:client_id';
const DIGITS = 16;

/**
 * The id kept in that store, made up at the first visit. Where nothing can be kept (private windows, blocked cookies)
 * each page has its own id.
 */
export function clientIdOf(place: StorePlace = 'localStorage'): string {
  const kept = recall(place, KEY);
  if (kept) return kept;
  const made = makeId();
  remember(place, KEY, made);
  return made;
}

/** Enough random digits that two devices never have the same. */
export function makeId(): string {
  return Array.from({ length: DIGITS }, () => randomBelow(10)).join('');
}

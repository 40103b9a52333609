/** By what a game knows a phone again, and the relay a page. */
import { randomBelow } from './code.js';
import { recall, remember, type StorePlace } from './store.js';

const ID_DIGITS = 16;
/** As hard to guess as 16 random bytes. */
const KEY_DIGITS = 40;

/**
 * The id kept in that store, made up at the first visit. Where nothing can be kept (private windows, blocked cookies)
 * each page has its own id.
 */
export function clientIdOf(place: StorePlace = 'localStorage'): string {
  return keptOr(makeId, place, 'carparty:client_id');
}

/**
 * The secret by which the relay gives a seat, or a room, back to the page that had it. A tab has its own, over
 * reloads; a tab that was duplicated has the same.
 */
export function keyOf(place: StorePlace = 'sessionStorage'): string {
  return keptOr(() => digits(KEY_DIGITS), place, 'carparty:key');
}

/** Enough random digits that two devices never have the same. */
export function makeId(): string {
  return digits(ID_DIGITS);
}

function keptOr(make: () => string, place: StorePlace, name: string): string {
  const kept = recall(place, name);
  if (kept) return kept;
  const made = make();
  remember(place, name, made);
  return made;
}

function digits(length: number): string {
  return Array.from({ length }, () => randomBelow(10)).join('');
}

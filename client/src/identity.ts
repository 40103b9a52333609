/** The id by which a game knows a phone again, after a reload and the next evening. */
import { randomBelow } from './code.js';
import { type Store, surroundings } from './surroundings.js';

const KEY = 'carparty:client_id';
const DIGITS = 16;

/**
 * The id kept in `store` (`localStorage` unless told otherwise), made up at the first visit. Where nothing can be
 * kept (private windows, blocked cookies) each page has an id of its own.
 */
export function clientIdOf(store: Store | undefined): string {
  try {
    const kept = (store ?? surroundings.localStorage)?.getItem(KEY);
    if (kept) return kept;
    const made = makeId();
    (store ?? surroundings.localStorage)?.setItem(KEY, made);
    return made;
  } catch {
    return makeId();
  }
}

function makeId(): string {
  return Array.from({ length: DIGITS }, () => randomBelow(10)).join('');
}

/** What a page remembers beyond a reload. A store that is blocked or full remembers nothing, and never throws here. */
import { surroundings } from './surroundings.js';

/** Where a value outlives a reload: `localStorage`, `sessionStorage`, or anything alike. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/**
 * A store, or how to get at it: where cookies are blocked, a browser throws as soon as a page only names
 * `sessionStorage`. A name or a function is looked at where that does no harm.
 */
export type StorePlace = Store | 'localStorage' | 'sessionStorage' | (() => Store | undefined);

/** What was kept under that key; undefined if nothing was, or if nothing can be read. */
export function recall(place: StorePlace, key: string): string | undefined {
  try {
    return open(place)?.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(place: StorePlace, key: string, value: string): void {
  try {
    open(place)?.setItem(key, value);
  } catch {
    // Then it is known until the page is gone.
  }
}

function open(place: StorePlace): Store | undefined {
  if (typeof place === 'string') return surroundings[place];
  return typeof place === 'function' ? place() : place;
}

/** What a page remembers. In private windows, and where storage is blocked, that is nothing, and no error either. */

type Place = 'localStorage' | 'sessionStorage';

/** The stored value; undefined if there is none, or if it is not JSON. */
export function recall(place: Place, key: string): unknown {
  try {
    return JSON.parse(window[place].getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(place: Place, key: string, value: unknown): void {
  try {
    window[place].setItem(key, JSON.stringify(value));
  } catch {
    // Then it is asked again next time.
  }
}

/** The only door to the globals of a page. All of them may be missing: in Node there is no page. */
import type { SocketConstructor } from './socket.js';

/** Where a value outlives a reload: `localStorage`, `sessionStorage`, or anything alike. */
export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** What events come from. */
export interface Listening {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

interface Surroundings extends Partial<Listening> {
  readonly WebSocket?: SocketConstructor;
  readonly location?: { readonly href: string };
  readonly document?: Listening & { readonly visibilityState: string };
  readonly navigator?: { readonly onLine?: boolean };
  readonly localStorage?: Store;
}

export const surroundings = globalThis as unknown as Surroundings;

/** True when the device itself says that it has no network. */
export function isOffline(): boolean {
  return surroundings.navigator?.onLine === false;
}

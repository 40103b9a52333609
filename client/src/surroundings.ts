/** The only door to the globals of a page. All of them may be missing: in Node there is no page. */
import type { SocketConstructor } from './socket.js';
import type { Store } from './store.js';

/** What events come from. */
export interface Listening {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

interface Surroundings extends Partial<Listening> {
  readonly WebSocket?: SocketConstructor;
  readonly location?: { readonly href: string };
  readonly document?: Listening & { readonly visibilityState: string };
  readonly console?: { error(text: string): void };
  readonly navigator?: { readonly onLine?: boolean };
  /** Both throw in browsers that block them. */
  readonly localStorage?: Store;
  readonly sessionStorage?: Store;
}

export const surroundings = globalThis as unknown as Surroundings;

/** True when the device itself says that it has no network. */
export function isOffline(): boolean {
  return surroundings.navigator?.onLine === false;
}

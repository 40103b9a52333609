// A phone and a big screen whose clock, network and display the test moves by hand.
import { afterEach, beforeEach, vi } from 'vitest';
import {
  type HostOptions,
  PartyHost,
  PartyPlayer,
  type PlayerOptions,
  type Store,
} from '../../client/src/index.js';
import { FakeSocket } from './fake-socket.js';

class FakeDocument extends EventTarget {
  visibilityState = 'visible';
}

let windowEvents: EventTarget;
let document: FakeDocument;
/** What `Math.random` says; set it to have pauses as long as they can be, or as short. */
export const chance = { value: 0.5 };

/** Each test of a file has the world in its hand, and gives it back. */
export function useHands(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.forget();
    chance.value = 0.5;
    vi.spyOn(Math, 'random').mockImplementation(() => chance.value);
    vi.stubGlobal('fetch', () => Promise.reject(new Error('there is no /v1/why here')));
  });
  useWindow();
}

/** Each test of a file has a page to hide and show, and its clock back in the end. */
export function useWindow(): void {
  beforeEach(() => {
    document = new FakeDocument();
    windowEvents = new EventTarget();
    vi.stubGlobal('document', document);
    vi.stubGlobal('addEventListener', windowEvents.addEventListener.bind(windowEvents));
    vi.stubGlobal('removeEventListener', windowEvents.removeEventListener.bind(windowEvents));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

/** The options of all peers by hand. */
export const COMMON = { url: 'ws://relay.example', code: 'SNEK', WebSocket: FakeSocket };

export function newPlayer(options: Partial<PlayerOptions> = {}): PartyPlayer {
  return new PartyPlayer({ ...COMMON, clientId: '467', ...options });
}

export function newHost(options: HostOptions = {}): PartyHost {
  return new PartyHost({ ...COMMON, ...options });
}

/** A store for the pages of one test, as `localStorage` is one for the pages of a site. */
export function newStore(): Store {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

/** The login was accepted, as far as anybody can know. */
export async function join(): Promise<void> {
  FakeSocket.last.open();
  await vi.advanceTimersByTimeAsync(300);
}

/** The page is hidden or shown, that many milliseconds from now. */
export async function turnTo(visibilityState: 'hidden' | 'visible', afterMs = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(afterMs);
  document.visibilityState = visibilityState;
  document.dispatchEvent(new Event('visibilitychange'));
  await handOver();
}

/** The window hears `pageshow`, `offline` or `online`. */
export async function tellWindow(type: 'pageshow' | 'offline' | 'online'): Promise<void> {
  windowEvents.dispatchEvent(new Event(type));
  await handOver();
}

/** A page that wakes up first gets the messages that came meanwhile. */
async function handOver(): Promise<void> {
  if (vi.isFakeTimers()) await vi.advanceTimersByTimeAsync(0);
}

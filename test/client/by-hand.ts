// A phone and a big screen whose clock, network and display the test moves by hand.
import { afterEach, beforeEach, vi } from 'vitest';
import { PartyHost, PartyPlayer } from '../../client/src/index.js';
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
    document = new FakeDocument();
    windowEvents = new EventTarget();
    chance.value = 0.5;
    vi.spyOn(Math, 'random').mockImplementation(() => chance.value);
    vi.stubGlobal('document', document);
    vi.stubGlobal('addEventListener', windowEvents.addEventListener.bind(windowEvents));
    vi.stubGlobal('removeEventListener', windowEvents.removeEventListener.bind(windowEvents));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('there is no /v1/why here')));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

export function newPlayer(): PartyPlayer {
  return new PartyPlayer({ url: 'ws://relay.example', code: 'SNEK', clientId: '467', WebSocket: FakeSocket });
}

export function newHost(): PartyHost {
  return new PartyHost({ url: 'ws://relay.example', code: 'SNEK', WebSocket: FakeSocket });
}

/** The login was accepted, as far as anybody can know. */
export async function join(): Promise<void> {
  FakeSocket.last.open();
  await vi.advanceTimersByTimeAsync(300);
}

/** The page is hidden or shown, so many milliseconds from now. */
export async function turnTo(visibilityState: 'hidden' | 'visible', afterMs = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(afterMs);
  document.visibilityState = visibilityState;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** The window hears `pageshow`, `offline` or `online`. */
export function tellWindow(type: 'pageshow' | 'offline' | 'online'): void {
  windowEvents.dispatchEvent(new Event(type));
}

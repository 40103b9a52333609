/** When a device comes back: from the background, from sleep, or into a network. */
import { type Listening, surroundings } from './surroundings.js';

/** How long the page was hidden or asleep, or the device without network, in milliseconds. */
export interface Wake {
  readonly from: 'background' | 'offline' | 'sleep';
  readonly awayMs: number;
}

const TICK_MS = 5_000;
const SLEEP_MS = 15_000;

/** Calls `listener` at each return until the function that is returned is called. In Node nothing ever sleeps. */
export function onWake(listener: (wake: Wake) => void): () => void {
  const { document } = surroundings;
  const hidden = new Absence();
  const offline = new Absence();
  const visible = (): void => {
    if (document?.visibilityState === 'hidden') hidden.begin();
    else listener({ from: 'background', awayMs: hidden.end() });
  };
  const removers = [
    listen(document, 'visibilitychange', visible),
    listen(surroundings, 'pageshow', visible),
    listen(surroundings, 'offline', () => offline.begin()),
    listen(surroundings, 'online', () => listener({ from: 'offline', awayMs: offline.end() })),
    watchSleep(listener),
  ];
  return () => removers.forEach((remove) => remove());
}

/** A laptop that is opened says nothing to its pages, but their timers stood still. Those of hidden pages often do. */
function watchSleep(listener: (wake: Wake) => void): () => void {
  const { document } = surroundings;
  if (!document) return () => undefined;
  let tickedAt = Date.now();
  let wasHidden = false;
  // `visible` reports a page that was frozen while it was hidden.
  const shown = listen(document, 'visibilitychange', () => (tickedAt = Date.now()));
  const timer = setInterval(() => {
    const awayMs = Date.now() - tickedAt - TICK_MS;
    const isHidden = document.visibilityState === 'hidden';
    tickedAt = Date.now();
    if (awayMs > SLEEP_MS && !isHidden && !wasHidden) listener({ from: 'sleep', awayMs });
    wasHidden = isHidden;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    shown();
  };
}

function listen(target: Partial<Listening> | undefined, type: string, listener: () => void): () => void {
  target?.addEventListener?.(type, listener);
  return () => target?.removeEventListener?.(type, listener);
}

class Absence {
  #since: number | undefined;

  begin(): void {
    this.#since ??= Date.now();
  }

  end(): number {
    const lasted = this.#since === undefined ? 0 : Date.now() - this.#since;
    this.#since = undefined;
    return lasted;
  }
}

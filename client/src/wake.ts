/** When a device comes back: from the background, from sleep, or into a network. */
import { type Listening, surroundings } from './surroundings.js';

/** How long the page was hidden, or the device without network, in milliseconds. */
export interface Wake {
  readonly from: 'background' | 'offline';
  readonly awayMs: number;
}

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
  ];
  return () => removers.forEach((remove) => remove());
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

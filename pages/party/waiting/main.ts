/** Waits at `/j/SNEK` until that game is open, and then goes in. */
import { element } from '../shared/page.js';

const PAUSE_MS = 1_500;

/** Whether the page says what the relay knows. If not, it is loaded again as soon as the relay tells. */
const isTold = document.body.dataset['answer'] === 'closed';

/** On the clock of `performance.now()`: the relay does not answer before. */
let notBefore = 0;

/** Goes in if the game is open. Resolves to the milliseconds after which to ask again. */
async function ask(): Promise<number> {
  try {
    const response = await fetch(`${location.pathname.replace(/\/$/, '')}/open`, { cache: 'no-store' });
    const { open, hint } = (await response.json()) as { open?: unknown; hint?: unknown };
    if (open === true || (open === false && !isTold)) location.reload();
    say(open === null ? `${String(hint)}. Asking again …` : 'Waiting for it to open …');
    const pause = Math.max(PAUSE_MS, 1_000 * (Number(response.headers.get('Retry-After')) || 0));
    notBefore = performance.now() + (open === null ? pause : 0);
    return pause;
  } catch {
    say('The relay does not answer. Trying again …');
    return PAUSE_MS;
  }
}

function say(text: string): void {
  element('status').textContent = text;
}

async function wait(): Promise<void> {
  const pause = document.visibilityState === 'visible' ? await ask() : PAUSE_MS;
  setTimeout(() => void wait(), pause);
}

document.addEventListener('visibilitychange', () => {
  if (performance.now() >= notBefore) void ask();
});
void wait();

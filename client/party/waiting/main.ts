/** Waits at `/j/SNEK` until that game is open, and then goes in. */
import { element } from '../shared/page.js';

const PAUSE_MS = 1_500;

async function isOpen(): Promise<boolean> {
  try {
    const response = await fetch(`${location.pathname.replace(/\/$/, '')}/open`, { cache: 'no-store' });
    const { open } = (await response.json()) as { open?: unknown };
    element('status').textContent = 'Waiting for it to open …';
    return open === true;
  } catch {
    element('status').textContent = 'The relay does not answer. Trying again …';
    return false;
  }
}

async function wait(): Promise<void> {
  if (document.visibilityState === 'visible' && (await isOpen())) location.reload();
  else setTimeout(() => void wait(), PAUSE_MS);
}

document.addEventListener('visibilitychange', () => void isOpen().then((open) => open && location.reload()));
void wait();

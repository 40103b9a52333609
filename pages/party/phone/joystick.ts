/** A stick under the thumb, wherever on the pad it lands; or the arrow keys, or W A S D. */
import { withinUnit } from '../shared/messages.js';

/** Right and down are positive, the length is 0 to 1. */
export type Steer = (x: number, y: number) => void;

const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  KeyA: [-1, 0],
  KeyD: [1, 0],
  KeyW: [0, -1],
  KeyS: [0, 1],
};

/** The first finger on `pad` steers; the stick is shown where it landed. */
export function steerByTouch(pad: HTMLElement, steer: Steer): void {
  let finger: { id: number; x: number; y: number } | undefined;
  const place = (x: number, y: number): void => {
    pad.style.setProperty('--stick-x', x.toFixed(3));
    pad.style.setProperty('--stick-y', y.toFixed(3));
    steer(x, y);
  };
  pad.addEventListener('pointerdown', (event) => {
    if (finger) return;
    const box = pad.getBoundingClientRect();
    finger = { id: event.pointerId, x: event.clientX, y: event.clientY };
    pad.setPointerCapture(event.pointerId);
    pad.style.setProperty('--base-x', `${event.clientX - box.left}px`);
    pad.style.setProperty('--base-y', `${event.clientY - box.top}px`);
    pad.classList.add('held');
    place(0, 0);
  });
  pad.addEventListener('pointermove', ({ pointerId, clientX, clientY }) => {
    if (finger?.id !== pointerId) return;
    const reach = reachOf(pad);
    const { x, y } = withinUnit((clientX - finger.x) / reach, (clientY - finger.y) / reach);
    place(x, y);
  });
  const release = ({ pointerId }: PointerEvent): void => {
    if (finger?.id !== pointerId) return;
    finger = undefined;
    pad.classList.remove('held');
    place(0, 0);
  };
  pad.addEventListener('pointerup', release);
  pad.addEventListener('pointercancel', release);
}

/** Keys steer while the pad or nothing has the focus: not while a name is typed. */
export function steerByKeys(steer: Steer): void {
  const held = new Set<string>();
  const changed = (): void => {
    const directions = [...held].map((code) => DIRECTIONS[code] ?? [0, 0]);
    const { x, y } = withinUnit(
      directions.reduce((sum, [right]) => sum + right, 0),
      directions.reduce((sum, [, down]) => sum + down, 0),
    );
    steer(x, y);
  };
  addEventListener('keydown', (event) => {
    if (!DIRECTIONS[event.code] || event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey)
      return;
    event.preventDefault();
    if (event.repeat) return;
    held.add(event.code);
    changed();
  });
  addEventListener('keyup', (event) => {
    if (held.delete(event.code)) changed();
  });
  addEventListener('blur', () => {
    if (held.size === 0) return;
    held.clear();
    changed();
  });
}

/** How far a thumb moves for full speed, in CSS pixels: the style sheet says so. */
function reachOf(pad: HTMLElement): number {
  return parseFloat(getComputedStyle(pad).getPropertyValue('--reach')) || 70;
}

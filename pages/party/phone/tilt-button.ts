/** The button that makes the phone a steering wheel, where the browser offers that. */
import { element } from '../shared/page.js';
import type { Steer } from './joystick.js';
import { canTilt, steerByTilt } from './tilt.js';

export function offerTilt(steer: Steer): void {
  const button = element<HTMLButtonElement>('tilt');
  let stop: (() => void) | undefined;
  button.hidden = !canTilt();
  button.addEventListener('click', () => {
    if (stop) {
      stop();
      stop = undefined;
      button.setAttribute('aria-pressed', 'false');
      return;
    }
    void steerByTilt(steer).then((stopTilting) => {
      stop = stopTilting;
      button.setAttribute('aria-pressed', String(stop !== undefined));
    });
  });
}

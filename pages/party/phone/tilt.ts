/** Steering by tilting the phone, where the browser offers it: only to pages that came by https. */
import { withinUnit } from '../shared/messages.js';
import type { Steer } from './joystick.js';

const FULL_TILT_DEGREES = 28;
const REST_DEGREES = 3;

interface AskingEvent {
  /** iOS wants to be asked, from within a tap. */
  requestPermission?(): Promise<string>;
}

export function canTilt(): boolean {
  return isSecureContext && 'DeviceOrientationEvent' in window && matchMedia('(pointer: coarse)').matches;
}

/** Steers until the function that is returned is called; undefined if the phone's owner said no. */
export async function steerByTilt(steer: Steer): Promise<(() => void) | undefined> {
  const answer = await (DeviceOrientationEvent as unknown as AskingEvent).requestPermission?.();
  if (answer !== undefined && answer !== 'granted') return undefined;
  let level: { beta: number; gamma: number } | undefined;
  const tilted = ({ beta, gamma }: DeviceOrientationEvent): void => {
    if (beta === null || gamma === null) return;
    // However the phone is held at first is level.
    level ??= { beta, gamma };
    const { x, y } = upright(gamma - level.gamma, beta - level.beta);
    steer(x, y);
  };
  addEventListener('deviceorientation', tilted);
  return () => {
    removeEventListener('deviceorientation', tilted);
    steer(0, 0);
  };
}

/** Degrees around the phone's own axes as a direction on its display, however that is turned. */
function upright(right: number, down: number): { x: number; y: number } {
  const turn = (-(screen.orientation?.angle ?? 0) * Math.PI) / 180;
  const x = right * Math.cos(turn) - down * Math.sin(turn);
  const y = right * Math.sin(turn) + down * Math.cos(turn);
  if (Math.hypot(x, y) < REST_DEGREES) return { x: 0, y: 0 };
  return withinUnit(x / FULL_TILT_DEGREES, y / FULL_TILT_DEGREES);
}

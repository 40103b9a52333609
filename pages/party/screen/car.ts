/** A phone's car. */
import { RoundTrips } from '../shared/round-trip.js';
import type { Vehicle } from './physics.js';

export interface Car extends Vehicle {
  readonly clientId: string;
  name: string;
  /** An index of COLOURS. */
  colour: number;
  score: number;
  /** The phone has no connection: its car waits for it where it stands. */
  isAway: boolean;
  roundTrips: RoundTrips;
  /** Sideways speed, for skid marks. */
  slide: number;
  /** When the phone was last told of a bump, in milliseconds. */
  bumpedAt: number;
}

export function newCar(clientId: string, x: number, y: number): Car {
  return {
    clientId,
    name: '',
    colour: 0,
    score: 0,
    isAway: false,
    roundTrips: new RoundTrips(),
    slide: 0,
    bumpedAt: 0,
    x,
    y,
    vx: 0,
    vy: 0,
    heading: Math.random() * 2 * Math.PI,
    stick: { x: 0, y: 0 },
  };
}

/** The car that goes round while there is no player: it shows that there is something to drive. */
import { prefersLessMotion } from '../shared/page.js';
import type { Arena } from './arena.js';
import { type Car, newCar } from './car.js';

const YELLOW = 2;
const LAP_MS = 11_000;

const car: Car = { ...newCar('pace car', 0, 0), name: 'Pace car', colour: YELLOW };

/** Where the car is on its oval at that time; for who prefers less motion it is parked at the line. */
export function paceCar({ width, height }: Arena, now: number): Car {
  const angle = prefersLessMotion.matches ? Math.PI / 2 : ((now / LAP_MS) % 1) * 2 * Math.PI;
  const [right, down] = [width * 0.37, height * 0.35];
  car.x = width / 2 + Math.cos(angle) * right;
  car.y = height / 2 + Math.sin(angle) * down;
  car.heading = Math.atan2(Math.cos(angle) * down, -Math.sin(angle) * right);
  return car;
}

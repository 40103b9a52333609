/** How cars move: inertia, grip, and bumps. Pure numbers; lengths in world units, the arena is 900 high. */

export interface Body {
  x: number;
  y: number;
  /** Units per second. */
  vx: number;
  vy: number;
}

export interface Vehicle extends Body {
  /** Where the nose points, in radians; 0 is to the right. */
  heading: number;
  /** Where the stick points, no longer than 1. */
  stick: { x: number; y: number };
}

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** All cars are as round as this for a bump. */
export const CAR_RADIUS = 30;

const ENGINE = 1_150;
const TURN_PER_SECOND = 5.2;
const ROLLING_DRAG = 1.5;
/** How fast sideways speed is lost; little, so that cars drift. */
const GRIP = 4.2;
const BOUNCE = 0.75;

/** Moves a car for `dt` seconds and returns how fast it slides sideways, in units per second. */
export function drive(car: Vehicle, dt: number): number {
  const push = Math.hypot(car.stick.x, car.stick.y);
  if (push > 0.05) {
    const turn = angleBetween(car.heading, Math.atan2(car.stick.y, car.stick.x));
    const most = TURN_PER_SECOND * dt * (0.5 + push / 2);
    car.heading += Math.max(-most, Math.min(most, turn));
    // Turning around takes less gas than going straight.
    const gas = ENGINE * push * Math.max(0.25, Math.cos(turn)) * dt;
    car.vx += Math.cos(car.heading) * gas;
    car.vy += Math.sin(car.heading) * gas;
  }
  const slide = rub(car, dt);
  car.x += car.vx * dt;
  car.y += car.vy * dt;
  return slide;
}

/** Two cars that touch part; returns how hard they met, in units per second. */
export function collide(a: Body, b: Body): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const distance = Math.hypot(dx, dy);
  if (distance >= 2 * CAR_RADIUS) return 0;
  const nx = distance > 0 ? dx / distance : 1;
  const ny = distance > 0 ? dy / distance : 0;
  const overlap = (2 * CAR_RADIUS - distance) / 2;
  shift(a, -nx * overlap, -ny * overlap);
  shift(b, nx * overlap, ny * overlap);
  const closing = (a.vx - b.vx) * nx + (a.vy - b.vy) * ny;
  if (closing <= 0) return 0;
  const impulse = ((1 + BOUNCE) * closing) / 2;
  push(a, -nx * impulse, -ny * impulse);
  push(b, nx * impulse, ny * impulse);
  return closing;
}

/** A car bounces off something that does not move; returns how hard. */
export function bounceOff(car: Body, { x, y, radius }: Circle): number {
  const distance = Math.hypot(car.x - x, car.y - y);
  const overlap = radius + CAR_RADIUS - distance;
  if (overlap <= 0 || distance === 0) return 0;
  return reflect(car, (car.x - x) / distance, (car.y - y) / distance, overlap);
}

/** A car stays within walls; returns how hard it hit one. */
export function keepInside(car: Body, width: number, height: number): number {
  return Math.max(
    reflect(car, 1, 0, CAR_RADIUS - car.x),
    reflect(car, -1, 0, car.x - (width - CAR_RADIUS)),
    reflect(car, 0, 1, CAR_RADIUS - car.y),
    reflect(car, 0, -1, car.y - (height - CAR_RADIUS)),
  );
}

/** Pushes a car out along the normal by `overlap`, and turns its speed around. */
function reflect(car: Body, nx: number, ny: number, overlap: number): number {
  if (overlap <= 0) return 0;
  shift(car, nx * overlap, ny * overlap);
  const closing = -(car.vx * nx + car.vy * ny);
  if (closing <= 0) return 0;
  push(car, nx * (1 + BOUNCE) * closing, ny * (1 + BOUNCE) * closing);
  return closing;
}

function rub(car: Vehicle, dt: number): number {
  const cos = Math.cos(car.heading);
  const sin = Math.sin(car.heading);
  const along = (car.vx * cos + car.vy * sin) * Math.exp(-ROLLING_DRAG * dt);
  const aside = (car.vy * cos - car.vx * sin) * Math.exp(-(ROLLING_DRAG + GRIP) * dt);
  car.vx = cos * along - sin * aside;
  car.vy = sin * along + cos * aside;
  return Math.abs(aside);
}

function shift(body: Body, x: number, y: number): void {
  body.x += x;
  body.y += y;
}

function push(body: Body, vx: number, vy: number): void {
  body.vx += vx;
  body.vy += vy;
}

/** The turn from one heading to another, between -pi and pi. */
export function angleBetween(from: number, to: number): number {
  const turn = (to - from) % (2 * Math.PI);
  if (turn > Math.PI) return turn - 2 * Math.PI;
  return turn < -Math.PI ? turn + 2 * Math.PI : turn;
}

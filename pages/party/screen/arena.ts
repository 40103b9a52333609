/** The game: cars, tyre stacks in their way, and one star to be had. Knows neither canvas nor network. */
import { type Car, newCar } from './car.js';
import { bounceOff, CAR_RADIUS, type Circle, collide, drive, keepInside } from './physics.js';

export const ARENA_HEIGHT = 900;
const STEP_SECONDS = 1 / 120;
/** A tab that was in the background does not catch up on its absence. */
const LONGEST_FRAME_SECONDS = 0.1;
const STAR_RADIUS = 26;

export interface ArenaEvents {
  /** `speed` is how fast the car met something, in units per second. */
  bumped(car: Car, speed: number): void;
  scored(car: Car, star: Circle): void;
}

export class Arena {
  readonly height = ARENA_HEIGHT;
  width = 1600;
  readonly cars = new Map<string, Car>();
  tyres: Circle[] = [];
  star: Circle;
  readonly #events: ArenaEvents;
  #unspent = 0;

  constructor(events: ArenaEvents) {
    this.#events = events;
    this.star = { x: this.width / 2, y: this.height / 2, radius: STAR_RADIUS };
    this.resize(this.width);
  }

  resize(width: number): void {
    this.star = { ...this.star, x: (this.star.x / this.width) * width };
    this.width = width;
    this.tyres = [
      [0.29, 0.35],
      [0.71, 0.35],
      [0.29, 0.65],
      [0.71, 0.65],
    ].map(([x = 0, y = 0]) => ({ x: x * width, y: y * this.height, radius: 34 }));
  }

  /** The car of that phone: where it is, or as it was `before`, or at a free place. */
  enter(clientId: string, before?: Partial<Car>): Car {
    const car = this.cars.get(clientId) ?? { ...newCar(clientId, ...this.#freePlace(CAR_RADIUS)), ...before };
    car.isAway = false;
    this.cars.set(clientId, car);
    return car;
  }

  /** The phone of that car is away: it rolls out, and waits. */
  park(car: Car): void {
    car.isAway = true;
    car.stick = { x: 0, y: 0 };
  }

  /** The phone does not come back. */
  remove(clientId: string): void {
    this.cars.delete(clientId);
  }

  /** Lets `seconds` pass, in steps short enough that no car jumps over another. */
  advance(seconds: number): void {
    this.#unspent += Math.min(seconds, LONGEST_FRAME_SECONDS);
    for (; this.#unspent >= STEP_SECONDS; this.#unspent -= STEP_SECONDS) this.#step();
  }

  #step(): void {
    const cars = [...this.cars.values()];
    cars.forEach((car, index) => {
      car.slide = drive(car, STEP_SECONDS);
      for (const other of cars.slice(index + 1)) this.#meet(car, other);
      const speeds = this.tyres.map((stack) => bounceOff(car, stack));
      const speed = Math.max(keepInside(car, this.width, this.height), ...speeds);
      if (speed > 0) this.#events.bumped(car, speed);
      if (!car.isAway) this.#reach(car);
    });
  }

  #meet(a: Car, b: Car): void {
    const speed = collide(a, b);
    if (speed === 0) return;
    this.#events.bumped(a, speed);
    this.#events.bumped(b, speed);
  }

  #reach(car: Car): void {
    const { star } = this;
    if (Math.hypot(car.x - star.x, car.y - star.y) > star.radius + CAR_RADIUS) return;
    car.score += 1;
    this.star = this.#newStar();
    this.#events.scored(car, star);
  }

  #newStar(): Circle {
    const [x, y] = this.#freePlace(90);
    return { x, y, radius: STAR_RADIUS };
  }

  /** A place as far from everything as a few tries find. */
  #freePlace(room: number): [number, number] {
    const taken = [...this.cars.values(), ...this.tyres];
    const tries = Array.from({ length: 12 }, () => {
      const x = 100 + Math.random() * (this.width - 200);
      const y = 100 + Math.random() * (this.height - 200);
      return { x, y, free: Math.min(...taken.map((other) => Math.hypot(other.x - x, other.y - y))) - room };
    });
    const best = tries.reduce((a, b) => (b.free > a.free ? b : a));
    return [best.x, best.y];
  }
}

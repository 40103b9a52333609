/** Rubber on the asphalt: what sliding wheels leave behind, and what fades. */
import type { Arena } from './arena.js';
import type { Car } from './car.js';

const SLIDING = 120;
const FADE_MS = 250;
const WHEELS: readonly (readonly [along: number, aside: number])[] = [
  [-22, 17],
  [-22, -17],
];

interface Point {
  readonly x: number;
  readonly y: number;
}

export class SkidMarks {
  readonly #context: CanvasRenderingContext2D;
  readonly #wheels = new WeakMap<Car, readonly Point[]>();
  #fadedAt = 0;

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context;
  }

  /** Adds what this frame leaves behind; `scale` is pixels per world unit. */
  advance(arena: Arena, scale: number, colour: string, now: number): void {
    this.#fade(now);
    const context = this.#context;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.strokeStyle = colour;
    context.lineWidth = 7;
    context.beginPath();
    for (const car of arena.cars.values()) this.#trace(car);
    context.stroke();
  }

  #trace(car: Car): void {
    const before = this.#wheels.get(car);
    if (!car.name || car.slide < SLIDING) {
      this.#wheels.delete(car);
      return;
    }
    const wheels = WHEELS.map((wheel) => placeOf(car, wheel));
    this.#wheels.set(car, wheels);
    wheels.forEach(({ x, y }, index) => {
      const from = before?.[index] ?? { x, y };
      this.#context.moveTo(from.x, from.y);
      this.#context.lineTo(x, y);
    });
  }

  #fade(now: number): void {
    if (now - this.#fadedAt < FADE_MS) return;
    this.#fadedAt = now;
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalCompositeOperation = 'destination-out';
    context.fillStyle = 'rgb(0 0 0 / 5%)';
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.globalCompositeOperation = 'source-over';
  }
}

function placeOf({ x, y, heading }: Car, [along, aside]: readonly [number, number]): Point {
  const cos = Math.cos(heading);
  const sin = Math.sin(heading);
  return { x: x + cos * along - sin * aside, y: y + sin * along + cos * aside };
}

/** The arena on a canvas: ground, skid marks, cars, labels, in that order. */
import { prefersLessMotion } from '../shared/page.js';
import { ARENA_HEIGHT, type Arena } from './arena.js';
import type { Car } from './car.js';
import { drawCar, drawStar } from './draw-car.js';
import { drawGround } from './draw-ground.js';
import { drawLabel } from './draw-label.js';
import type { Effects } from './effects.js';
import { paceCar } from './pace-car.js';
import { SkidMarks } from './skid-marks.js';
import { readTheme } from './theme.js';

const SHARPEST = 2;

export class Picture {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #ground = layer();
  readonly #skids = layer();
  readonly #skidMarks = new SkidMarks(this.#skids);
  readonly #arena: Arena;
  readonly #effects: Effects;
  #theme = readTheme();
  #scale = 1;

  constructor(canvas: HTMLCanvasElement, arena: Arena, effects: Effects) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('This browser cannot draw on a canvas.');
    this.#canvas = canvas;
    this.#context = context;
    this.#arena = arena;
    this.#effects = effects;
    new ResizeObserver(() => this.#resize()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#resize());
    this.#resize();
  }

  draw(now: number): void {
    const { cars } = this.#arena;
    const context = this.#context;
    const drivers = [...cars.values()].filter(({ name }) => name);
    this.#skidMarks.advance(this.#arena, this.#scale, this.#theme.skid, now);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.#ground.canvas, 0, 0);
    context.drawImage(this.#skids.canvas, 0, 0);
    context.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    if (drivers.length === 0) return drawCar(context, paceCar(this.#arena, now), this.#theme, false);
    const leader = leaderOf(drivers);
    this.#drawStar(now);
    for (const car of drivers) drawCar(context, car, this.#theme, car === leader);
    this.#effects.draw(context);
    for (const car of drivers) drawLabel(context, car, this.#theme, this.#arena.width, now);
  }

  #drawStar(now: number): void {
    const { x, y, radius } = this.#arena.star;
    const beat = prefersLessMotion.matches ? 0 : Math.sin(now / 220) * 3;
    const context = this.#context;
    const glow = context.createRadialGradient(x, y, 4, x, y, radius * 2.6);
    glow.addColorStop(0, 'rgb(255 214 74 / 65%)');
    glow.addColorStop(1, 'rgb(255 214 74 / 0%)');
    context.fillStyle = glow;
    context.fillRect(x - 80, y - 80, 160, 160);
    drawStar(context, x, y, radius + beat, '#ffd23f');
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    const density = Math.min(devicePixelRatio, SHARPEST);
    const width = Math.round(clientWidth * density);
    const height = Math.round(clientHeight * density);
    for (const { canvas } of [this.#context, this.#ground, this.#skids]) {
      canvas.width = width;
      canvas.height = height;
    }
    this.#scale = height / ARENA_HEIGHT;
    this.#theme = readTheme();
    this.#arena.resize(width / this.#scale);
    this.#ground.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    drawGround(this.#ground, this.#arena, this.#theme);
  }
}

/** Who has the most stars, if anybody has more than all others. */
export function leaderOf(cars: Iterable<Car>): Car | undefined {
  const [first, second] = [...cars].sort((a, b) => b.score - a.score);
  return first && first.score > (second?.score ?? 0) ? first : undefined;
}

function layer(): CanvasRenderingContext2D {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('This browser cannot draw on a canvas.');
  return context;
}

/** What the screen remembers of each car: neither a reload nor a phone that was away for long costs a driver its stars. */
import type { Arena } from './arena.js';
import type { Car } from './car.js';

/** More than a party has. The screen forgets the car that entered first. */
const MOST = 64;

export type Kept = Pick<Car, 'clientId' | 'name' | 'colour' | 'score' | 'x' | 'y' | 'heading'>;

/** Where a page keeps it: a value that JSON can hold. */
export interface Shelf {
  recall(): unknown;
  remember(value: unknown): void;
}

export class Garage {
  readonly #cars = new Map<string, Kept>();
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Puts cars and star where they were before a reload, if that was the party with this code. The cars are parked. */
  open(arena: Arena, code: string): void {
    const stored = this.#shelf.recall() as Record<string, unknown> | undefined;
    if (stored?.['code'] !== code || !Array.isArray(stored['cars'])) return;
    const [x, y] = [stored['starX'], stored['starY']];
    if (isNumber(x) && isNumber(y)) arena.star = { ...arena.star, x: x * arena.width, y };
    for (const { isIn, ...kept } of stored['cars'].filter(isStored)) {
      this.#cars.set(kept.clientId, kept);
      if (isIn) arena.enter(kept.clientId, kept).isAway = true;
    }
  }

  /** How the car of this phone was when it was seen last. */
  find(clientId: string): Kept | undefined {
    return this.#cars.get(clientId);
  }

  /** Notes how the cars are now. */
  keep(arena: Arena, code: string): void {
    for (const { clientId, name, colour, score, x, y, heading } of arena.cars.values()) {
      this.#cars.set(clientId, { clientId, name, colour, score, x, y, heading });
    }
    const surplus = Math.max(0, this.#cars.size - MOST);
    for (const clientId of [...this.#cars.keys()].slice(0, surplus)) this.#cars.delete(clientId);
    const cars = [...this.#cars.values()].map((kept) => ({ ...kept, isIn: arena.cars.has(kept.clientId) }));
    this.#shelf.remember({ code, cars, starX: arena.star.x / arena.width, starY: arena.star.y });
  }
}

/** What a browser stores may have been written by anything. */
function isStored(value: unknown): value is Kept & { isIn: boolean } {
  const { clientId, name, ...car } = (value ?? {}) as Record<string, unknown>;
  const numbers = [car['colour'], car['score'], car['x'], car['y'], car['heading']];
  return [clientId, name].every((text) => typeof text === 'string') && numbers.every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

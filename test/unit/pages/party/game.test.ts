// The game in plain numbers: how cars move, bump and score.
import { expect, test } from 'vitest';
import { Arena, type ArenaEvents } from '../../../../pages/party/screen/arena.js';
import type { Car } from '../../../../pages/party/screen/car.js';
import {
  angleBetween,
  bounceOff,
  collide,
  drive,
  type Vehicle,
} from '../../../../pages/party/screen/physics.js';

const silent: ArenaEvents = { bumped: () => undefined, scored: () => undefined };

function vehicle(values: Partial<Vehicle> = {}): Vehicle {
  return { x: 0, y: 0, vx: 0, vy: 0, heading: 0, stick: { x: 0, y: 0 }, ...values };
}

function pass(car: Vehicle, seconds: number): void {
  for (let step = 0; step < seconds * 120; step++) drive(car, 1 / 120);
}

function park(arena: Arena, clientId: string, values: Partial<Car>): Car {
  return Object.assign(arena.enter(clientId), { heading: 0, vx: 0, vy: 0, ...values });
}

test('a car speeds up where its stick points, up to a top speed, and rolls to a stop when it is released', () => {
  const car = vehicle({ stick: { x: 1, y: 0 } });
  pass(car, 4);
  const top = car.vx;
  expect(top).toBeGreaterThan(500);
  expect(top).toBeLessThan(1_000);
  pass(car, 1);
  expect(car.vx).toBeCloseTo(top, -1);
  car.stick = { x: 0, y: 0 };
  pass(car, 0.5);
  expect(car.vx).toBeGreaterThan(100);
  pass(car, 10);
  expect(car.vx).toBeLessThan(1);
});

test('a car has inertia: pulled aside at speed it slides before it turns', () => {
  const car = vehicle({ vx: 600, stick: { x: 0, y: 1 } });
  let slide = 0;
  for (let step = 0; step < 30; step++) slide = Math.max(slide, drive(car, 1 / 120));
  expect(slide).toBeGreaterThan(150);
  expect(car.vx).toBeGreaterThan(50);
  pass(car, 2);
  expect(car.vy).toBeGreaterThan(300);
  expect(Math.abs(car.vx)).toBeLessThan(30);
});

test('two cars that collide part again, and together do not gain speed', () => {
  const [a, b] = [vehicle({ vx: 300 }), vehicle({ x: 50, vx: -100 })];
  expect(collide(a, b)).toBe(400);
  expect(b.x - a.x).toBeCloseTo(60);
  expect(a.vx).toBeLessThan(b.vx);
  expect(a.vx + b.vx).toBeCloseTo(200);
  expect(Math.abs(a.vx) + Math.abs(b.vx)).toBeLessThan(400);
  expect(collide(a, b)).toBe(0);
});

test('a stack of tyres does not move', () => {
  const car = vehicle({ x: 90, vx: -200 });
  expect(bounceOff(car, { x: 40, y: 0, radius: 34 })).toBe(200);
  expect(car.vx).toBeGreaterThan(0);
  expect(car.x).toBeCloseTo(104);
});

test('a turn is never longer than half around', () => {
  expect(angleBetween(3, -3)).toBeCloseTo(2 * Math.PI - 6);
  expect(angleBetween(-3, 3)).toBeCloseTo(6 - 2 * Math.PI);
  expect(angleBetween(0, 20)).toBeCloseTo(20 - 6 * Math.PI);
});

test('no car ever leaves the arena, however long the frame', () => {
  const arena = new Arena(silent);
  const cars = Array.from({ length: 16 }, (_, index) => arena.enter(String(index)));
  for (let frame = 0; frame < 300; frame++) {
    for (const car of cars) car.stick = { x: Math.cos(frame + car.x), y: Math.sin(frame * 0.7) };
    arena.advance(frame === 100 ? 60 : 1 / 60);
    if (frame === 200) arena.resize(700);
  }
  for (const { x, y } of cars) {
    expect(x).toBeGreaterThanOrEqual(25);
    expect(x).toBeLessThanOrEqual(675);
    expect(y).toBeGreaterThanOrEqual(25);
    expect(y).toBeLessThanOrEqual(875);
  }
});

test('a car that reaches the star scores, and the next star is somewhere else', () => {
  const scored: string[] = [];
  const arena = new Arena({ ...silent, scored: (car) => scored.push(car.clientId) });
  const { star } = arena;
  const car = park(arena, 'mia', { x: star.x - 100, y: star.y, stick: { x: 1, y: 0 } });
  for (let frame = 0; frame < 60 && car.score === 0; frame++) arena.advance(1 / 60);
  expect(scored).toEqual(['mia']);
  expect(car.score).toBe(1);
  expect(arena.star).not.toBe(star);
});

test('both players feel it when their cars collide', () => {
  const felt = new Set<string>();
  const arena = new Arena({ ...silent, bumped: (car) => felt.add(car.clientId) });
  park(arena, 'mia', { x: 700, y: 200, vx: 400 });
  park(arena, 'ben', { x: 780, y: 200 });
  arena.advance(0.1);
  expect([...felt].sort()).toEqual(['ben', 'mia']);
});

test('the car of a phone that is away rolls out where it was, catches no star, and keeps those that it has', () => {
  const arena = new Arena(silent);
  const car = park(arena, 'mia', { ...arena.star, score: 7, stick: { x: 1, y: 0 } });
  arena.park(car);
  arena.advance(0.1);
  expect(car).toMatchObject({ isAway: true, stick: { x: 0, y: 0 }, score: 7, vx: 0 });
  expect(arena.enter('mia')).toBe(car);
  arena.advance(0.1);
  expect(car).toMatchObject({ isAway: false, score: 8 });
});

/** Between phones and arena: a phone that joins gets a car, steers it, and feels its bumps. */
import type { PartyHost } from 'carparty-relay/client';
import { readFromPhone, type ToPhone } from '../shared/messages.js';
import { RoundTrips } from '../shared/round-trip.js';
import type { Arena } from './arena.js';
import type { Car } from './car.js';

const PING_MS = 1_000;
const FELT_SPEED = 140;
const HARDEST_SPEED = 900;
const BUMP_PAUSE_MS = 180;

export type Screen = PartyHost<Record<string, unknown>, ToPhone>;

export interface PartyEvents {
  /** Something that the list of drivers shows is different. */
  changed(): void;
  /** A sentence worth hearing. */
  happened(what: string): void;
}

export class Party {
  readonly #host: Screen;
  readonly #arena: Arena;
  readonly #events: PartyEvents;

  constructor(host: Screen, arena: Arena, events: PartyEvents) {
    this.#host = host;
    this.#arena = arena;
    this.#events = events;
    host.on('join', (clientId) => this.#greet(clientId));
    host.on('leave', (clientId) => this.#left(clientId));
    host.on('message', (message, clientId) => this.#received(message, clientId));
    setInterval(() => this.#everySecond(performance.now()), PING_MS);
  }

  /** Lets the phone of that car feel a bump, though not ten times in one. */
  bumped(car: Car, speed: number): void {
    const now = performance.now();
    if (speed < FELT_SPEED || now - car.bumpedAt < BUMP_PAUSE_MS) return;
    car.bumpedAt = now;
    this.#host.sendToIfOpen(car.clientId, { type: 'bump', strength: Math.min(1, speed / HARDEST_SPEED) });
  }

  scored(car: Car): void {
    this.#host.sendTo(car.clientId, { type: 'score', score: car.score });
    this.#events.happened(`${car.name} has the star.`);
    this.#events.changed();
  }

  /** Each connection: who comes back while the old one still counts has seen nothing, and is not slow for its sake. */
  #greet(clientId: string): void {
    const car = this.#arena.cars.get(clientId);
    if (car) car.roundTrips = new RoundTrips();
    this.#host.sendTo(clientId, { type: 'welcome' });
  }

  #received(message: Record<string, unknown>, clientId: string): void {
    const said = readFromPhone(message);
    const car = this.#arena.cars.get(clientId);
    if (said?.type === 'hello') return this.#entered(clientId, said.name, said.colour);
    if (said?.type === 'drive' && car) car.stick = { x: said.x, y: said.y };
    if (said?.type === 'ask') this.#ping(clientId, performance.now());
    if (said?.type === 'pong') car?.roundTrips.answered(said.at, performance.now());
  }

  #entered(clientId: string, name: string, colour: number): void {
    const known = this.#arena.cars.get(clientId);
    const car = this.#arena.enter(clientId);
    Object.assign(car, { name, colour });
    this.#host.sendTo(clientId, { type: 'score', score: car.score });
    this.#ping(clientId, performance.now());
    this.#events.changed();
    this.#events.happened(`${name} ${known ? 'is back' : 'joined'}.`);
  }

  #left(clientId: string): void {
    const car = this.#arena.cars.get(clientId);
    if (!car) return;
    this.#arena.abandon(clientId, performance.now());
    car.roundTrips = new RoundTrips();
    this.#events.changed();
    this.#events.happened(`${car.name} is gone.`);
  }

  #everySecond(now: number): void {
    this.#arena.clearAbandoned(now);
    for (const clientId of this.#host.players) this.#ping(clientId, now);
    this.#events.changed();
  }

  /** Also who is still choosing a name wants to know that the screen is there. */
  #ping(clientId: string, now: number): void {
    const trips = this.#arena.cars.get(clientId)?.roundTrips;
    const roundTrip = trips?.current(now);
    // A message that a stalled connection does not take was due all the same: the link is not better for it.
    trips?.sent(now);
    this.#host.sendToIfOpen(clientId, {
      type: 'ping',
      at: now,
      ...(roundTrip !== undefined && { roundTrip }),
    });
  }
}

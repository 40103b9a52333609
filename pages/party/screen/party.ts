/** Between phones and arena: a phone that joins gets a car, steers it, and feels its bumps. */
import type { PartyHost, Status } from 'carparty-relay/client';
import { readFromPhone, type ToPhone } from '../shared/messages.js';
import { RoundTrips } from '../shared/round-trip.js';
import type { Arena } from './arena.js';
import type { Car } from './car.js';
import type { Garage } from './garage.js';

const PING_MS = 1_000;
const FELT_SPEED = 140;
const HARDEST_SPEED = 900;
const BUMP_PAUSE_MS = 180;
/** So long a screen that was away itself waits for phones that it knew. */
const GATHERING_MS = 60_000;

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
  readonly #garage: Garage;
  /** Since when the party is open; undefined while the screen itself is away. */
  #openSince: number | undefined;

  constructor(host: Screen, arena: Arena, garage: Garage, events: PartyEvents) {
    this.#host = host;
    this.#arena = arena;
    this.#garage = garage;
    this.#events = events;
    garage.open(arena, host.code);
    host.on('status', (status) => this.#screenIs(status));
    host.on('join', (clientId) => this.#greet(clientId));
    host.on('away', (clientId) => this.#isAway(clientId));
    host.on('back', (clientId) => this.#isBack(clientId));
    host.on('leave', (clientId) => this.#left(clientId));
    host.on('message', (message, clientId) => this.#received(message, clientId));
    setInterval(() => this.#everySecond(performance.now()), PING_MS);
  }

  /** Lets the phone of that car feel a bump, though not ten times in one. */
  bumped(car: Car, speed: number): void {
    const now = performance.now();
    if (car.isAway || speed < FELT_SPEED || now - car.bumpedAt < BUMP_PAUSE_MS) return;
    car.bumpedAt = now;
    this.#host.sendToIfOpen(car.clientId, { type: 'bump', strength: Math.min(1, speed / HARDEST_SPEED) });
  }

  scored(car: Car): void {
    this.#host.sendTo(car.clientId, { type: 'score', score: car.score });
    this.#events.happened(`${car.name} has the star.`);
    this.#changed();
  }

  /** While the screen is away no phone steers. */
  #screenIs({ state }: Status): void {
    if (state === 'joined') this.#openSince ??= performance.now();
    else {
      this.#openSince = undefined;
      for (const car of this.#arena.cars.values()) car.stick = { x: 0, y: 0 };
    }
  }

  /** A page that is new here has seen nothing. It answers, and says where its stick points. */
  #greet(clientId: string): void {
    this.#isBack(clientId);
    this.#host.sendTo(clientId, { type: 'welcome' });
  }

  #isAway(clientId: string): void {
    const car = this.#arena.cars.get(clientId);
    if (!car) return;
    this.#arena.park(car);
    this.#changed();
    this.#events.happened(`${car.name} is away.`);
  }

  #isBack(clientId: string): void {
    const car = this.#arena.cars.get(clientId);
    if (!car) return;
    const wasAway = car.isAway;
    // The phone is not slow for the sake of the time that it was away.
    Object.assign(car, { isAway: false, stick: { x: 0, y: 0 }, roundTrips: new RoundTrips() });
    if (!wasAway) return;
    this.#ping(clientId, performance.now());
    this.#changed();
    this.#events.happened(`${car.name} is back.`);
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
    const isNew = !this.#arena.cars.has(clientId);
    const car = this.#arena.enter(clientId, this.#garage.find(clientId));
    Object.assign(car, { name, colour });
    this.#host.sendTo(clientId, { type: 'score', score: car.score });
    this.#ping(clientId, performance.now());
    this.#changed();
    if (isNew) this.#events.happened(`${name} joined.`);
  }

  /** While the party is open, a player that leaves is gone. A screen that is away loses them all, and they come back. */
  #left(clientId: string): void {
    const car = this.#arena.cars.get(clientId);
    if (!car) return;
    if (this.#host.status.state !== 'joined') return this.#isAway(clientId);
    this.#arena.remove(clientId);
    this.#changed();
    this.#events.happened(`${car.name} is gone.`);
  }

  #everySecond(now: number): void {
    const players = new Set(this.#host.players);
    const isGathered = this.#openSince !== undefined && now - this.#openSince > GATHERING_MS;
    for (const { clientId } of this.#arena.cars.values()) {
      if (isGathered && !players.has(clientId)) this.#arena.remove(clientId);
    }
    for (const clientId of players) this.#ping(clientId, now);
    this.#changed();
  }

  #changed(): void {
    this.#garage.keep(this.#arena, this.#host.code);
    this.#events.changed();
  }

  /** Also who is still choosing a name wants to know that the screen is there. */
  #ping(clientId: string, now: number): void {
    const car = this.#arena.cars.get(clientId);
    // The relay would keep it for the phone, which is not to hear of the past.
    if (car?.isAway) return;
    const trips = car?.roundTrips;
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

// A player of the soak: it does what phones do, also the bad ones, and keeps its history.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dice } from '../fuzz/dice.js';
import type { Connection } from '../../harness/connection.js';
import { loginPlayer } from '../../harness/relay.js';
import { Attendance, PlayerHistory, type HostScript } from './history.js';
import type { Place } from './weather.js';

/** How a player may go. */
const WAYS = ['close', 'half-close', 'offend', 'break', 'vanish'] as const;

type Way = (typeof WAYS)[number];

/** How long a guest does not read that goes on, in milliseconds: far from the limits. */
const NAP = 500;

/** A player of a party, whose id no other player has. */
export class Guest {
  /** What its host gets of it. */
  readonly attendance: Attendance;
  /** Whether something was done that the relay may end it for. */
  mayEnd = false;
  /** Whether everything that it sent must reach its host. */
  mustArrive = true;
  /** What it does, or how it has gone. */
  way: Way | 'freeze' | 'struck' | 'stays' = 'stays';
  protected readonly history: PlayerHistory;

  /** @param earliest the first message of its host that it may get. */
  constructor(
    public connection: Connection,
    readonly at: Place,
    readonly id: string,
    readonly code: string,
    script: HostScript,
    earliest: number,
  ) {
    this.attendance = new Attendance(id);
    this.history = new PlayerHistory(script, id, earliest);
  }

  /** How it may go. */
  protected get ways(): readonly [Way, ...Way[]] {
    return WAYS;
  }

  /** Logs in. */
  enter(): this {
    this.connection.send(this.login());
    // What follows a login waits until it is decided (L11), and a fence behind that, too.
    this.say(1);
    return this;
  }

  /** Whether it has been disconnected before its host heard of it. */
  get isRefused(): boolean {
    return this.connection.isClosed && this.attendance.isExpected;
  }

  say(times: number): void {
    for (let n = 0; n < times && this.way === 'stays' && !this.connection.isClosed; n++)
      this.connection.send(this.write());
  }

  /** Stops reading for good: sooner or later it does not answer a ping. */
  freeze(): void {
    if (this.way !== 'stays') return;
    this.way = 'freeze';
    this.mayEnd = true;
    this.mustArrive = false;
    this.connection.stall();
  }

  /** Goes in some way, if it has not gone yet. */
  go(dice: Dice): void {
    if (this.way !== 'stays') return;
    const way = (this.way = dice.pick(this.ways));
    this.mayEnd = true;
    this.connection.resume();
    // Who has ended its side cannot answer the next ping, and is then reset by its own system.
    if (way === 'vanish' || way === 'half-close') this.mustArrive = false;
    if (way === 'close') void this.connection.leave();
    else if (way === 'half-close') this.connection.halfClose();
    else if (way === 'offend') this.connection.send('this is not JSON');
    else if (way === 'break') this.connection.breakProtocol();
    else this.connection.vanish();
  }

  /** A fault has ended it, or may have: what it sent may be lost. */
  strike(): void {
    this.way = 'struck';
    this.mayEnd = true;
    this.mustArrive = false;
  }

  /** Takes what has come so far. */
  read(): void {
    if (this.attendance.isPresent) this.history.joined();
    for (const message of this.connection.inbox.drain()) this.hear(String(message));
  }

  expectAll(): void {
    this.history.expectAll();
  }

  protected login(): string | object {
    return loginPlayer(this.code, this.id);
  }

  /** Its next message. */
  protected write(): string {
    return this.attendance.write();
  }

  protected hear(message: string): void {
    this.history.receive(message);
  }
}

/** Fault: a guest does not read for a moment. */
export async function nap(connection: Connection): Promise<void> {
  connection.stall();
  await sleep(NAP);
  connection.resume();
}

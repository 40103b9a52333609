// One party of the soak: a host, players who come and go, and faults of all kinds.
import { Connection } from '../../harness/connection.js';
import { PATIENCE, within } from '../../harness/deadline.js';
import { loginHost } from '../../harness/relay.js';
import { hostAsking, wordsToHost } from '../../wire/returning/staying.js';
import { GuestList } from './guest-list.js';
import { Guest, nap } from './guest.js';
import { HostScript } from './history.js';
import { StayingGuest } from './staying-guest.js';
import type { Place, Setting } from './weather.js';

/** Players that a party has at most at a time. */
const MOST = 8;

/** Seconds: longer than any return takes. */
const GRACE = 60;

export class SoakParty {
  /** The host has gone, or a fault has ended it. */
  isOver = false;
  private readonly script: HostScript;
  private readonly guests: GuestList;
  private readonly arrivals = new Set<Promise<void>>();
  private failure: Error | undefined;
  private guestsSoFar = 0;
  private isDeposed = false;
  private early: Connection | undefined;

  private constructor(
    private readonly setting: Setting,
    /** Unlike the code no other party has it. */
    readonly name: string,
    readonly code: string,
    private readonly host: Connection,
    readonly at: Place,
    /** Whether its host keeps seats, and its players come back. */
    private readonly hasSeats: boolean,
  ) {
    this.script = new HostScript(name);
    this.guests = new GuestList(name);
  }

  /** A party on any of the places, or undefined if its host was not let in. */
  static async ask(setting: Setting, code: string, name: string): Promise<SoakParty | undefined> {
    const at = setting.dice.pick(setting.places);
    try {
      const host = await Connection.open(at.url());
      const hasSeats = setting.hasSeats === true && setting.dice.once(2);
      host.send(hasSeats ? hostAsking(code, { grace: GRACE }) : loginHost(code));
      await host.loggedIn();
      if (hasSeats) await wordsToHost(host);
      return new SoakParty(setting, name, code, host, at, hasSeats);
    } catch {
      return undefined;
    }
  }

  /** Whether another host may be let in as host of its code. */
  get mayLoseCode(): boolean {
    return this.isDeposed || this.host.isClosed || this.setting.weather.mayTakeOver(this.at);
  }

  /** One thing happens, and everybody looks at what has come. */
  step(): void {
    this.read();
    if (this.isOver || this.isDeposed) return;
    const { dice } = this.setting;
    const guest = this.guests.all[dice.below(MOST)];
    if (guest instanceof StayingGuest && dice.once(10)) return this.bringBack(guest);
    const happening = dice.below(100);
    if (guest === undefined) this.invite();
    else if (happening < 50) guest.say(1 + dice.below(10));
    else if (happening < 90) this.tell(happening < 80 ? undefined : guest.id);
    else if (happening < 91) guest.say(dice.once(4) ? 700 : 70);
    else if (happening < 94) guest.go(dice);
    else if (happening < 97) void nap(dice.once(4) ? this.host : guest.connection);
    else if (happening < 98) guest.freeze();
    else this.tell(undefined, 30);
  }

  /** A player comes; what follows does not wait for it. */
  invite(at = this.setting.dice.pick(this.setting.places)): void {
    if (this.guests.size + this.arrivals.size >= MOST) return;
    const arrival = this.come(at)
      .catch((error: Error) => {
        if (!this.host.isClosed && !this.setting.weather.mayRefuse(at, this.at)) this.failure ??= error;
      })
      .finally(() => this.arrivals.delete(arrival));
    this.arrivals.add(arrival);
  }

  /** The host goes in some way; what it said in peace still reaches those who read. */
  async end(): Promise<void> {
    await this.settle();
    this.isOver = true;
    for (const guest of this.guests.all) guest.mayEnd = true;
    const way = this.setting.dice.pick(['close', 'half-close', 'vanish']);
    if (way !== 'vanish') this.tell(undefined, 3);
    if (way === 'close') void this.host.leave();
    else if (way === 'half-close') this.host.halfClose();
    else this.host.vanish();
    for (const guest of this.guests.all) {
      await guest.connection.closed();
      guest.read();
      if (way !== 'vanish' && guest.way === 'stays') guest.expectAll();
    }
    this.guests.clear();
    this.host.dispose();
  }

  /**
   * Another host has the code. Returns the ids of those who asked for it before that was known: it is not known whose
   * players they are, and they are given up.
   */
  depose(): string[] {
    this.read();
    this.isDeposed = true;
    return this.guests.dropUndecided();
  }

  /** In front of a fault: a peer is connected to the host's node that has not said yet what for. */
  async prepare(): Promise<void> {
    this.early = await Connection.open(this.at.url());
  }

  /**
   * Takes the place of a party that was deposed. Players come, the first to where that one was: what they ask may wait
   * in the sockets of a node that stands still, and is the first that it reads on waking.
   */
  succeed(former: SoakParty): void {
    this.guests.expectStrays(former.depose());
    const { early, at } = former;
    if (early === undefined || early.isClosed) this.invite(at);
    else this.guests.add(new Guest(early, at, this.nextId(), this.code, this.script, 0).enter());
  }

  /** Behind a fault: who was ended by it is known, and whether all that asked are let in. */
  async takeStock(): Promise<void> {
    await Promise.all(this.arrivals);
    const staying = this.guests.all.filter(({ way }) => way === 'stays');
    const connections = [this.host, ...staying.map(({ connection }) => connection)];
    // Who is closed answers no ping.
    await Promise.all(connections.map((one) => one.fence().catch(() => one.closed())));
    this.read();
    await this.guests.expectGone();
    if (!this.isDeposed) this.early?.dispose();
    if (this.isDeposed || this.isOver) await this.bury();
  }

  /** All that is on its way arrives, and nothing is missing. */
  private async settle(): Promise<void> {
    await Promise.all(this.arrivals);
    const end = performance.now() + PATIENCE;
    for (;;) {
      const guests = this.guests.all.map(({ connection }) => connection);
      for (const connection of [this.host, ...guests]) connection.resume();
      // A player's messages are in front of its own fence, however slowly it is read.
      await Promise.all(guests.map((guest) => guest.fence().catch(() => guest.closed())));
      await this.host.fence();
      this.read();
      const missing = this.guests.missing();
      if (missing === undefined) return this.guests.expectGone();
      if (performance.now() > end) throw new Error(missing);
    }
  }

  /** A party whose host was ended, or must be: so is everybody else in it, and got nothing that was not due. */
  private async bury(): Promise<void> {
    await within(this.host.closed(), `the end of host ${this.name}`);
    this.isOver = true;
    for (const { connection } of this.guests.all) {
      connection.resume();
      await connection.closed();
    }
    this.read();
    this.guests.clear();
  }

  private async come(at: Place): Promise<void> {
    const id = this.nextId();
    // What the host has said so far has reached the relay when the pong comes, and is not for this player.
    const earliest = this.script.length;
    await this.host.fence();
    const connection = await Connection.open(at.url());
    if (this.isOver || this.isDeposed) return connection.dispose();
    const kind = this.hasSeats ? StayingGuest : Guest;
    this.guests.add(new kind(connection, at, id, this.code, this.script, earliest).enter());
  }

  private bringBack(guest: StayingGuest): void {
    const { dice } = this.setting;
    const arrival = guest
      .comeBack(dice)
      .catch((error: Error) => void (this.failure ??= error))
      .finally(() => this.arrivals.delete(arrival));
    this.arrivals.add(arrival);
  }

  private nextId(): string {
    return `${this.name}-${++this.guestsSoFar}`;
  }

  private tell(receiver: string | undefined, times = 1): void {
    for (let n = 0; n < times; n++) this.host.send(this.script.write(receiver));
  }

  /** Looks at what has come to everybody. */
  private read(): void {
    if (this.failure !== undefined) throw this.failure;
    for (const message of this.host.inbox.drain()) this.guests.hear(String(message));
    const { weather } = this.setting;
    const mayEnd = this.isDeposed || this.isOver || weather.mayEnd(this.at, this.at);
    if (this.host.isClosed && !mayEnd) throw new Error(`host ${this.name} was ended`);
    this.isOver ||= this.host.isClosed;
    const isLost = this.isDeposed || this.isOver;
    this.guests.read((guest) => isLost || weather.mayLose(guest, this.at));
  }
}

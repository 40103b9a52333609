// One party of the soak: a host, players who come and go, and faults of all kinds.
import { setTimeout as sleep } from 'node:timers/promises';
import { within } from '../harness/deadline.js';
import { Connection } from '../harness/connection.js';
import { loginHost } from '../harness/relay.js';
import type { Dice } from '../fuzz/dice.js';
import { Guest } from './guest.js';
import { HostScript } from './history.js';

/** Players that a party has at most at a time. */
const MOST = 8;

/** How long somebody does not read who goes on, in milliseconds: far from the limits. */
const NAP = 500;

/** Where the relay listens; each peer takes one of the addresses. */
export type Addresses = readonly [string, ...string[]];

export class SoakParty {
  private readonly script: HostScript;
  private readonly guests = new Map<string, Guest>();
  private hostMayEnd = false;
  private guestsSoFar = 0;

  private constructor(
    private readonly addresses: Addresses,
    private readonly code: string,
    private readonly host: Connection,
    private readonly dice: Dice,
  ) {
    this.script = new HostScript(code);
  }

  static async open(addresses: Addresses, code: string, dice: Dice): Promise<SoakParty> {
    const host = await Connection.open(dice.pick(addresses));
    host.send(loginHost(code));
    await host.fence();
    return new SoakParty(addresses, code, host, dice);
  }

  /** One thing happens, and everybody looks at what has come. */
  async step(): Promise<void> {
    this.read();
    const guest = [...this.guests.values()][this.dice.below(MOST)];
    const happening = this.dice.below(100);
    if (guest === undefined) await this.come();
    else if (happening < 50) guest.say(1 + this.dice.below(10));
    else if (happening < 90) this.tell(happening < 80 ? undefined : guest.id);
    else if (happening < 91) guest.say(this.dice.once(4) ? 700 : 70);
    else if (happening < 94) guest.go(this.dice);
    else if (happening < 97) void nap(this.dice.once(4) ? this.host : guest.connection);
    else if (happening < 98) guest.freeze();
    else this.tell(undefined, 30);
  }

  /** The host goes in some way; what it said in peace still reaches those who read. */
  async end(): Promise<void> {
    await this.settle();
    this.hostMayEnd = true;
    for (const guest of this.guests.values()) guest.mayEnd = true;
    const way = this.dice.pick(['close', 'half-close', 'vanish']);
    if (way !== 'vanish') this.tell(undefined, 3);
    if (way === 'close') void this.host.leave();
    else if (way === 'half-close') this.host.halfClose();
    else this.host.vanish();
    for (const guest of this.guests.values()) {
      await guest.connection.closed();
      guest.read();
      if (way !== 'vanish' && guest.way === 'stays') guest.expectAll();
      guest.connection.dispose();
    }
    this.guests.clear();
    this.host.dispose();
  }

  /** All that is on its way arrives, and nothing is missing. */
  private async settle(): Promise<void> {
    const guests = [...this.guests.values()];
    for (const connection of [this.host, ...guests.map((guest) => guest.connection)]) connection.resume();
    // What the host sent is on its way behind its own fence; a player's is behind all that it sent, however slowly.
    await this.host.fence();
    await Promise.all(guests.map((guest) => guest.connection.fence().catch(() => guest.connection.closed())));
    await this.host.fence();
    await within(
      this.untilGone(guests.filter((guest) => guest.connection.isClosed)),
      `goodbyes to ${this.code}`,
    );
    for (const guest of this.guests.values()) {
      guest.expectAll();
      guest.attendance.expectAll('is there');
    }
  }

  private async untilGone(guests: Guest[]): Promise<void> {
    this.read();
    while (guests.some((guest) => this.guests.has(guest.id))) {
      await this.host.fence();
      this.read();
    }
  }

  private async come(): Promise<void> {
    const connection = await Connection.open(this.dice.pick(this.addresses));
    const id = `${this.code}-${++this.guestsSoFar}`;
    this.guests.set(id, new Guest(connection, id, this.code, this.script));
  }

  private tell(receiver: string | undefined, times = 1): void {
    for (let n = 0; n < times; n++) this.host.send(this.script.write(receiver));
  }

  /** Looks at what has come to everybody. */
  private read(): void {
    for (const message of this.host.inbox.drain().map(String)) {
      const { client_id: id } = JSON.parse(message) as { client_id: string };
      const guest = this.guests.get(id);
      if (guest === undefined) throw new Error(`host ${this.code} got of nobody: ${message.slice(0, 80)}`);
      guest.attendance.receive(message);
    }
    for (const guest of this.guests.values()) this.readOf(guest);
    if (this.host.isClosed && !this.hostMayEnd) throw new Error(`host ${this.code} was ended`);
  }

  private readOf(guest: Guest): void {
    guest.read();
    if (guest.connection.isClosed && !guest.mayEnd) throw new Error(`player ${guest.id} was ended`);
    if (!guest.attendance.isGone) return;
    if (guest.mustArrive) guest.attendance.expectAll(`went by ${guest.way}`);
    this.guests.delete(guest.id);
    guest.connection.dispose();
  }
}

/** Fault: somebody does not read for a moment. */
async function nap(connection: Connection): Promise<void> {
  connection.stall();
  await sleep(NAP);
  connection.resume();
}

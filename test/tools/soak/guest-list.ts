// The players of one party of the soak, also those who have gone and of whom the host may still hear.
import type { Connection } from '../../harness/connection.js';
import type { Guest } from './guest.js';

export class GuestList {
  private readonly byId = new Map<string, Guest>();
  /** They were disconnected before the host heard of them; it may hear yet that they came, and went. */
  private readonly refused = new Map<string, Guest>();
  /** Those who asked for the code when it still was another host's. Whose players they became is not known. */
  private readonly strays = new Set<string>();
  /** The host heard that they are gone, and so they must be. */
  private readonly leaving = new Set<Connection>();

  constructor(private readonly party: string) {}

  get all(): Guest[] {
    return [...this.byId.values()];
  }

  get size(): number {
    return this.byId.size;
  }

  add(guest: Guest): void {
    this.byId.set(guest.id, guest);
  }

  expectStrays(ids: Iterable<string>): void {
    for (const id of ids) this.strays.add(id);
  }

  /** The host has got a message. @throws {Error} if it is not what was due. */
  hear(message: string): void {
    const { client_id: id } = JSON.parse(message) as { client_id: string };
    if (this.strays.has(id)) return;
    const guest = this.byId.get(id) ?? this.refused.get(id);
    if (guest === undefined) throw new Error(`host ${this.party} got of nobody: ${message.slice(0, 80)}`);
    guest.attendance.receive(message);
  }

  /** Everybody looks at what has come; `mayEnd` tells whom a fault may have ended. */
  read(mayEnd: (guest: Guest) => boolean): void {
    for (const guest of this.byId.values()) {
      guest.read();
      const isEnding = guest.connection.isClosed || guest.attendance.isGone || guest.way !== 'stays';
      if (isEnding && mayEnd(guest)) guest.strike();
      this.look(guest);
    }
  }

  /** Lets go of those of whom it is not known yet whether they are let in, and returns their ids. */
  dropUndecided(): string[] {
    const undecided = this.all.filter(({ attendance }) => attendance.isExpected);
    for (const guest of undecided) {
      guest.strike();
      guest.connection.dispose();
      this.refuse(guest);
    }
    return undecided.map(({ id }) => id);
  }

  /** What has not come yet of all that must, in words. */
  missing(): string | undefined {
    try {
      for (const guest of this.byId.values()) this.expectAll(guest);
      for (const { id, attendance } of this.refused.values())
        if (attendance.isPresent) throw new Error(`host ${this.party} has not heard that ${id} is gone`);
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  /** No guest is still connected that the host has heard to be gone. */
  async expectGone(): Promise<void> {
    for (const connection of this.leaving) {
      await connection.closed();
      this.leaving.delete(connection);
    }
  }

  clear(): void {
    for (const { connection } of this.byId.values()) connection.dispose();
    this.byId.clear();
  }

  private expectAll(guest: Guest): void {
    if (guest.connection.isClosed)
      throw new Error(`host ${this.party} has not heard that ${guest.id} is gone`);
    guest.expectAll();
    guest.attendance.expectAll('is there');
  }

  private look(guest: Guest): void {
    const { connection, attendance } = guest;
    if (connection.isClosed && !guest.mayEnd) throw new Error(`player ${guest.id} was ended`);
    if (guest.isRefused) this.refuse(guest);
    if (!attendance.isGone) return;
    if (guest.mustArrive) attendance.expectAll(`went by ${guest.way}`);
    this.byId.delete(guest.id);
    connection.resume();
    if (!connection.isClosed) this.leaving.add(connection);
  }

  private refuse(guest: Guest): void {
    this.byId.delete(guest.id);
    this.refused.set(guest.id, guest);
  }
}

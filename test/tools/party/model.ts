// What the rules say that must come to the peers of a random party, and what came.
import { expect } from 'vitest';
import type { Connection, Received } from '../../harness/connection.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';

/** A player, and what its host broadcast or told it, in order (H7). */
export class GuestModel {
  /** What its host must get on its behalf: `connect`, its messages, `disconnect` (N4, P7). */
  readonly stream: string[];
  readonly due: Received[] = [];
  /** A reset may overtake messages that the relay has not read: the end of the stream may be missing then. */
  mayLose = false;

  constructor(
    readonly connection: Connection,
    readonly id: string,
  ) {
    this.stream = [connectNotice(id)];
  }

  leave(): void {
    this.stream.push(disconnectNotice(this.id));
  }

  /** Everything that was due has come, and nothing else. */
  async expectAll(): Promise<void> {
    expect(await this.connection.take(this.due.length)).toEqual(this.due);
    expect(this.connection.inbox.waiting).toEqual([]);
  }

  /** What came is the beginning of what was due: the connection has ended. */
  expectBeginning(): void {
    const came = this.connection.inbox.drain();
    expect(came).toEqual(this.due.slice(0, came.length));
  }
}

/** A host and its players; reads what comes to the host against the streams of all of them. */
export class RoomModel {
  readonly guests: GuestModel[] = [];
  /** Guests whose stream the host has not got to its end, present or gone. */
  private readonly streams = new Set<GuestModel>();

  constructor(
    readonly host: Connection,
    readonly code: number,
  ) {}

  admit(guest: GuestModel): void {
    this.guests.push(guest);
    this.streams.add(guest);
  }

  dismiss(guest: GuestModel): void {
    this.guests.splice(this.guests.indexOf(guest), 1);
    guest.leave();
  }

  /** The host reads again, and the relay has handled all that it said so far. */
  async attend(): Promise<void> {
    this.host.resume();
    await this.host.fence();
  }

  /** Reads on the host until all has come that was due on behalf of `guest`. */
  async read(guest: GuestModel): Promise<void> {
    this.host.resume();
    while (guest.stream.length > 0) this.match(await this.host.next());
    if (!this.guests.includes(guest)) this.streams.delete(guest);
  }

  async readAll(): Promise<void> {
    for (const guest of [...this.streams]) await this.read(guest);
    await this.host.expectNothing();
  }

  /** What came to a host that is gone now was due. */
  readRest(): void {
    for (const message of this.host.inbox.drain()) this.match(message);
  }

  private match(message: Received): void {
    const streams = [...this.streams];
    const exact = streams.find(({ stream }) => stream[0] === message);
    if (exact) {
      exact.stream.shift();
      return;
    }
    const cut = streams.find(({ stream, mayLose }) => mayLose && stream.at(-1) === message);
    if (!cut) expect(streams.map(({ stream }) => stream[0])).toContain(message);
    cut?.stream.splice(0);
  }
}

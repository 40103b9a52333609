// A party on several nodes that plays all the time, and a judge who looks at each message that comes.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Connection } from '../harness/connection.js';
import { type Relay, loginPlayer } from '../harness/relay.js';
import { tryHost } from './nodes.js';
import { Attendance, HostScript, PlayerHistory } from '../tools/soak/history.js';

/** Milliseconds between two messages of each member. */
const PACE = 10;

/** Who plays, and what became of it. */
export interface Seat {
  readonly id: string;
  readonly connection: Connection;
  readonly history: PlayerHistory;
  readonly attendance: Attendance;
  heard: number;
  /** By the clock of the test, when its connection was closed. */
  closedAt?: number;
}

/**
 * Everybody sends as long as it is connected. What comes must be what is due: the beginning of what was sent, without
 * a gap, up to the end of the connection. {@link verdict} says what was wrong.
 */
export class WatchedParty {
  readonly seats: Seat[] = [];
  hostClosedAt: number | undefined;
  private readonly wrong: string[] = [];
  private readonly script: HostScript;
  private isPlaying = true;

  private constructor(
    readonly code: string,
    readonly host: Connection,
  ) {
    this.script = new HostScript(code);
    void this.listen(host, (message) => this.hear(message)).then((at) => (this.hostClosedAt = at));
    void this.play(
      host,
      () => this.hostClosedAt === undefined,
      () => this.script.write(),
    );
  }

  /** A host on `node`, logged in. */
  static async open(node: Relay, code: string): Promise<WatchedParty> {
    const host = await tryHost(node, code);
    if (host === undefined) throw new Error(`${code} is not free`);
    return new WatchedParty(code, host);
  }

  /** Players on `node` join; resolves when the host knows of all of them and each has got a message. */
  async join(node: Relay, ...ids: string[]): Promise<void> {
    const seats = await Promise.all(ids.map((id) => this.seat(node, id)));
    for (const { attendance } of seats) {
      await expect.poll(() => attendance.isPresent, { timeout: 10_000, interval: 5 }).toBe(true);
    }
  }

  /** A player on `node` joins as phones do: a phone that is turned away asks again, here under another id. */
  async joinAtLast(node: Relay): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const seat = await this.seat(node, `attempt ${attempt}`);
      const isDecided = (): boolean => seat.attendance.isPresent || seat.closedAt !== undefined;
      await expect.poll(isDecided, { timeout: 30_000, interval: 5 }).toBe(true);
      if (seat.closedAt === undefined) return;
    }
  }

  seatOf(id: string): Seat {
    const seat = this.seats.find((one) => one.id === id);
    if (seat === undefined) throw new Error(`nobody is called ${id}`);
    return seat;
  }

  /** Waits until the connections of these players are closed; returns when the last of them was. */
  async closed(...ids: string[]): Promise<number> {
    const seats = ids.map((id) => this.seatOf(id));
    await Promise.all(seats.map(({ connection }) => connection.closed()));
    return Math.max(...seats.map(({ closedAt = performance.now() }) => closedAt));
  }

  /** Waits until the host has been told that these players are gone. */
  async missed(...ids: string[]): Promise<void> {
    for (const id of ids) {
      const { attendance } = this.seatOf(id);
      await expect.poll(() => attendance.isGone, { timeout: 20_000, interval: 5 }).toBe(true);
    }
  }

  /** How many messages a player has got. */
  heard(id: string): number {
    return this.seatOf(id).heard;
  }

  /** Everybody stops sending. What was sent to those who are still connected must come. */
  async finish(): Promise<void> {
    this.isPlaying = false;
    const left = this.seats.filter(({ closedAt }) => closedAt === undefined);
    await expect
      .poll(() => left.map((seat) => this.missing(seat)), { timeout: 20_000 })
      .toEqual(left.map(() => ''));
    this.verdict();
  }

  /** Fails if anything came that was not due. */
  verdict(): void {
    expect(this.wrong).toEqual([]);
  }

  private missing({ history, attendance, closedAt }: Seat): string {
    try {
      if (closedAt !== undefined || this.hostClosedAt !== undefined) return '';
      history.expectAll();
      attendance.expectAll('is still here');
      return '';
    } catch (error) {
      return String(error);
    }
  }

  private async seat(node: Relay, id: string): Promise<Seat> {
    const connection = await node.connect();
    const seat: Seat = {
      id,
      connection,
      history: new PlayerHistory(this.script, id),
      attendance: new Attendance(id),
      heard: 0,
    };
    this.seats.push(seat);
    const hear = (message: string): void => {
      seat.heard++;
      seat.history.receive(message);
    };
    void this.listen(connection, hear).then((at) => (seat.closedAt = at));
    // What the host has said so far is not for this player: it has reached the relay when the pong comes.
    await this.host.fence();
    connection.send(loginPlayer(this.code, id));
    void this.play(
      connection,
      () => seat.closedAt === undefined,
      () => seat.attendance.write(),
    );
    return seat;
  }

  private hear(message: string): void {
    const { client_id: id } = JSON.parse(message) as { client_id: string };
    const seat = this.seatOf(id);
    seat.attendance.receive(message);
    if (seat.attendance.isPresent) seat.history.joined();
  }

  private async play(connection: Connection, isHere: () => boolean, next: () => string): Promise<void> {
    while (this.isPlaying && isHere()) {
      connection.send(next());
      await sleep(PACE);
    }
  }

  private async listen(connection: Connection, take: (message: string) => void): Promise<number> {
    void connection.closed().catch(() => undefined);
    for (;;) {
      const message = await connection.inbox.next('anything').catch(() => undefined);
      if (message === undefined) return performance.now();
      try {
        take(message.toString());
      } catch (error) {
        this.wrong.push(String(error));
      }
    }
  }
}

/** Milliseconds from one instant to the other, for people. */
export function told(what: string, since: number, at = performance.now()): number {
  const ms = Math.round(at - since);
  process.stdout.write(`      ${what}: ${ms} ms\n`);
  return ms;
}

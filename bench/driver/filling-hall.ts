/** A hall that hosts and players enter one by one while others play in it already. */
import { Connection, type MessageHandler } from './connection.js';
import { dialects, type Dialect } from './dialect.js';
import { noFaults } from './faults.js';
import { logHostIn, newPlaces, openPlayer, playerDoor, readNotice, type Place } from './hall.js';
import type { Job, StormPlan } from './job.js';
import { FIRST_ID } from './message-shape.js';
import type { Meter } from './meter.js';
import { forwardShapes } from './shapes.js';
import { Stream, type Receipt } from './stream.js';
import { checker } from './streams.js';

/** Messages of a player whose times are kept: those of many seconds, at the rate of a storm. */
const MEMORY = 64;

/** Owns its connections. What goes wrong on one that is in is counted in `faults`. */
export class FillingHall {
  readonly faults = noFaults();
  /** What the players who are in send to their hosts. */
  readonly streams: Stream[] = [];
  private readonly dialect: Dialect;
  private readonly places: Place[];
  private readonly shapes: ReturnType<typeof forwardShapes>;
  private readonly connections: Connection[] = [];
  private readonly receipts = new Map<number, Receipt>();
  /** Players who have logged in and are not announced yet. */
  private readonly awaited = new Map<number, () => void>();

  constructor(
    private readonly job: Job,
    { rooms, forward }: StormPlan,
    private readonly meter: Meter,
  ) {
    this.dialect = dialects[job.dialect];
    this.places = newPlaces(job, this.dialect, rooms);
    this.shapes = forwardShapes(forward.bytes, this.dialect);
  }

  /** Rejects if the relay does not let the host in, and may be called again then. */
  async openRoom(room: number): Promise<void> {
    const place = this.placeOf(room);
    const host = await Connection.open(place.port, place.dialect, place.home);
    // Before the login is answered: players may be announced in the same packet.
    host.handlers = this.handlersOf(room);
    await logHostIn(host, place);
    this.watch(host);
  }

  /** Resolves when the player's host knows it. Rejects if the relay does not let it in, and may be called again then. */
  async join(id: number): Promise<Stream> {
    const room = id % this.places.length;
    const port = playerDoor(this.job, room, Math.floor(id / this.places.length));
    const announced = new Promise<void>((resolve) => this.awaited.set(id, resolve));
    const player = await openPlayer({ ...this.placeOf(room), port }, String(FIRST_ID + id));
    const refused = new Promise<never>((_, reject) => {
      player.onEnd = () => reject(new Error('the relay refused a player'));
    });
    await Promise.race([announced, refused]);
    this.watch(player);
    const stream = new Stream(id, player, this.shapes.sent.stencil(), 0, MEMORY);
    this.receipts.set(id, stream.addReceipt());
    this.streams.push(stream);
    return stream;
  }

  /** Everybody leaves at once, without a word. */
  close(): void {
    for (const connection of this.connections) connection.vanish();
  }

  private placeOf(room: number): Place {
    const place = this.places[room];
    if (place === undefined) throw new Error(`there is no room ${room}`);
    return place;
  }

  private watch(connection: Connection): void {
    connection.onUnknown = () => this.faults.bytes++;
    connection.onEnd = () => this.faults.closed++;
    this.connections.push(connection);
  }

  private handlersOf(room: number): MessageHandler[] {
    const ledger = { meter: this.meter, onDelivery: () => undefined };
    const receiptOf = (id: number): Receipt | undefined => {
      return id % this.places.length === room ? this.receipts.get(id) : undefined;
    };
    return [
      ...this.shapes.stamped.map((shape) => checker(shape, this, ledger, receiptOf)),
      (bytes, start, end) => this.notice(room, bytes.toString('utf8', start, end)),
    ];
  }

  /** A host learns of each of its players once, and that none has left. */
  private notice(room: number, text: string): boolean {
    const notice = readNotice(this.dialect, text);
    if (notice === undefined) return false;
    const id = Number(notice.client_id) - FIRST_ID;
    const announced = notice.action === 'connect' ? this.awaited.get(id) : undefined;
    if (announced === undefined) this.faults.order++;
    else if (id % this.places.length !== room) this.faults.address++;
    this.awaited.delete(id);
    announced?.();
    return true;
  }
}

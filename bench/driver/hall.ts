/** A hall full of parties: rooms with their hosts and players, logged in and ready. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.js';
import type { Dialect } from './dialect.js';
import { noFaults } from './faults.js';
import { clientFrame } from './frames.js';
import type { Doors, Faults } from './job.js';
import { newHome } from './homes.js';
import { inParallel } from './in-parallel.js';
import { FIRST_ID } from './message-shape.js';

export interface Player {
  /** The place in {@link Hall.players}; its `client_id` is that much above the first id. */
  id: number;
  connection: Connection;
}

export interface HallRoom {
  host: Connection;
  players: Player[];
}

/** Where a room is, and from where its people come. */
export interface Place {
  port: number;
  dialect: Dialect;
  serverCode: string;
  home: string | undefined;
}

const AT_ONCE = 64;
const PATIENCE_MS = 20_000;
let halls = 0;

/** Owns its connections. What goes wrong on any of them, from the moment all are in, is counted in `faults`. */
export class Hall {
  readonly faults: Faults = noFaults();
  rooms: HallRoom[] = [];

  private constructor(readonly dialect: Dialect) {}

  /** Resolves when each host has been told of each of its players, and of nobody else. */
  static async open(doors: Doors, dialect: Dialect, rooms: number, players: number): Promise<Hall> {
    const hall = new Hall(dialect);
    const places = newPlaces(doors, dialect, rooms);
    const hosts = await inParallel(places, AT_ONCE, openHost);
    const notices = hosts.map((host) => collectNotices(host));
    const seats = Array.from({ length: players }, () => places).flat();
    const connections = await inParallel(seats, AT_ONCE, (place, id) => {
      const port = playerDoor(doors, id % rooms, Math.floor(id / rooms));
      return openPlayer({ ...place, port }, String(FIRST_ID + id));
    });
    hall.rooms = hosts.map((host) => ({ host, players: [] }));
    connections.forEach((connection, id) => hall.rooms[id % rooms]?.players.push({ id, connection }));
    await everybodyIsIn(dialect, hall.rooms, notices);
    for (const connection of hall.connections()) hall.watch(connection);
    return hall;
  }

  get players(): Player[] {
    return this.rooms.flatMap((room) => room.players);
  }

  /** Everybody leaves at once, without a word. */
  close(): void {
    for (const connection of this.connections()) connection.vanish();
  }

  private watch(connection: Connection): void {
    connection.handlers = [];
    connection.onUnknown = () => this.faults.bytes++;
    connection.onEnd = () => this.faults.closed++;
  }

  private connections(): Connection[] {
    return this.rooms.flatMap((room) => [room.host, ...room.players.map((player) => player.connection)]);
  }
}

/** A place for the host of each room. */
export function newPlaces(doors: Doors, dialect: Dialect, rooms: number): Place[] {
  // No two halls may claim the same codes: a relay may be about to notice that the last one has gone.
  const prefix = `${process.pid.toString(36)}-${(halls++).toString(36)}-`;
  return Array.from({ length: rooms }, (_, room): Place => {
    return { port: hostDoor(doors, room), dialect, serverCode: prefix + room, home: newHome() };
  });
}

function hostDoor({ ports }: Doors, room: number): number {
  return ports[room % ports.length] ?? 0;
}

/** `seat`: which of the players of its room. */
export function playerDoor(doors: Doors, room: number, seat: number): number {
  const { ports, placement } = doors;
  if (placement !== 'apart') return hostDoor(doors, room);
  return ports[(room + 1 + (seat % (ports.length - 1))) % ports.length] ?? 0;
}

/** Resolves when the host has its code. */
export async function openHost(place: Place): Promise<Connection> {
  const host = await Connection.open(place.port, place.dialect, place.home);
  await logHostIn(host, place);
  return host;
}

/** Its first message is for nobody: it waits for the login, as a ping does not. */
export async function logHostIn(host: Connection, { dialect, serverCode }: Place): Promise<void> {
  host.send(dialect.login('login_server', { server_code: serverCode }));
  host.send(clientFrame(Buffer.from(`${dialect.before}"nobody hears this"${dialect.after}`)));
  await host.fence();
}

/** The login is on its way when this resolves; that it succeeded is told to the host. */
export async function openPlayer(
  { port, dialect, serverCode, home }: Place,
  clientId: string,
): Promise<Connection> {
  const player = await Connection.open(port, dialect, home);
  player.send(dialect.login('login_client', { server_code: serverCode, client_id: clientId }));
  return player;
}

/** The notice in a message, if it is one. */
export function readNotice(
  dialect: Dialect,
  text: string,
): { action: string; client_id: string } | undefined {
  const json = text.slice(dialect.before.length, text.length - dialect.after.length);
  const match = /^\{"action":"(connect|disconnect)","client_id":"(\d+)"\}$/.exec(json);
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { action: match[1], client_id: match[2] };
}

function collectNotices(host: Connection): string[] {
  const texts: string[] = [];
  host.handlers = [(bytes, start, end) => texts.push(bytes.toString('utf8', start, end)) > 0];
  return texts;
}

async function everybodyIsIn(dialect: Dialect, rooms: HallRoom[], notices: string[][]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const told = (): number => notices.reduce((sum, texts) => sum + texts.length, 0);
  const expected = rooms.reduce((sum, room) => sum + room.players.length, 0);
  while (told() < expected) {
    if (performance.now() > deadline) throw new Error(`${told()} of ${expected} players got in`);
    await sleep(5);
  }
  rooms.forEach((room, index) => {
    const ids = new Set(room.players.map((player) => String(FIRST_ID + player.id)));
    for (const text of notices[index] ?? []) {
      const notice = readNotice(dialect, text);
      if (notice?.action !== 'connect' || !ids.delete(notice.client_id))
        throw new Error(`a host got ${text}`);
    }
  });
}

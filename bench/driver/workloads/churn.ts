/** Phones that come and go: connect, upgrade, log in, be announced, leave. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dialects, type Dialect } from '../dialect.js';
import { noFaults } from '../faults.js';
import { openHost, openPlayer, readNotice, type Place } from '../hall.js';
import { newHome } from '../homes.js';
import type { Connection } from '../connection.js';
import type { Faults, Job, Measurement } from '../job.js';
import { FIRST_ID } from '../message-shape.js';
import { Meter } from '../meter.js';

const PATIENCE_MS = 60_000;

/** The latency is that from the first packet to the notice that the host gets. */
export async function measureChurn(job: Job, rooms: number, parallel: number): Promise<Measurement> {
  const churn = new Churn(job, noFaults(), dialects[job.dialect]);
  await churn.openRooms(rooms);
  const phones = Array.from({ length: parallel }, (_, index) => churn.comeAndGo(index % rooms));
  await sleep(job.warmupMs);
  const figures = await churn.meter.measure(job.measureMs);
  await churn.stop(phones);
  return { ...figures, faults: churn.faults };
}

/** The first logins of a process: those of the hosts are among what they cost. */
export async function measureCold(
  job: Job,
  { rooms, parallel, logins }: { rooms: number; parallel: number; logins: number },
): Promise<Measurement> {
  const churn = new Churn(job, noFaults(), dialects[job.dialect], logins);
  let phones: Promise<void>[] = [];
  const figures = await churn.meter.measureDuring(async () => {
    await churn.openRooms(rooms);
    phones = Array.from({ length: parallel }, (_, index) => churn.comeAndGo(index % rooms));
    await Promise.race([Promise.all(phones), sleep(PATIENCE_MS)]);
  });
  await churn.stop(phones);
  return { ...figures, faults: churn.faults };
}

class Churn {
  readonly meter: Meter;
  private readonly prefix = `${process.pid.toString(36)}-churn-`;
  private readonly announced = new Map<string, () => void>();
  /** Players of whom a `connect` came, and no `disconnect` yet. */
  private readonly present = new Set<string>();
  private hosts: Connection[] = [];
  private nextId = FIRST_ID;

  constructor(
    private readonly job: Job,
    readonly faults: Faults,
    private readonly dialect: Dialect,
    /** How many more phones may come. */
    private left = Infinity,
  ) {
    this.meter = new Meter(job.pid);
  }

  async openRooms(count: number): Promise<void> {
    for (let room = 0; room < count; room++) {
      const host = await openHost(this.placeOf(room));
      host.onEnd = () => this.faults.closed++;
      host.handlers = [(bytes, start, end) => this.notice(bytes.toString('utf8', start, end))];
      this.hosts.push(host);
    }
  }

  async comeAndGo(room: number): Promise<void> {
    while (this.left-- > 0) {
      const begin = performance.now();
      const clientId = String(this.nextId++);
      const announced = new Promise<void>((resolve) => this.announced.set(clientId, resolve));
      const player = await openPlayer(this.placeOf(room), clientId);
      const ended = new Promise<'ended'>((resolve) => (player.onEnd = () => resolve('ended')));
      if ((await Promise.race([announced, ended])) === 'ended') {
        this.faults.closed++;
        continue;
      }
      this.meter.count(performance.now() - begin);
      player.leave();
      await ended;
    }
  }

  /** Everybody must have been announced, and their leaving too. */
  async stop(phones: Promise<void>[]): Promise<void> {
    this.left = 0;
    const deadline = performance.now() + this.job.silenceMs;
    await Promise.race([Promise.all(phones), sleep(this.job.silenceMs)]);
    while (this.present.size > 0 && performance.now() < deadline) await sleep(5);
    this.faults.lost += this.announced.size + this.present.size;
    for (const host of this.hosts) host.vanish();
  }

  /** Each phone comes from a home of its own: strangers, who are not to be slowed as one would be. */
  private placeOf(room: number): Place {
    const [port = 0] = this.job.ports;
    return { port, dialect: this.dialect, serverCode: this.prefix + room, home: newHome() };
  }

  private notice(text: string): boolean {
    const notice = readNotice(this.dialect, text);
    if (notice === undefined) {
      this.faults.bytes++;
    } else if (notice.action === 'disconnect') {
      if (!this.present.delete(notice.client_id)) this.faults.order++;
    } else {
      const announced = this.announced.get(notice.client_id);
      if (announced === undefined) this.faults.order++;
      this.announced.delete(notice.client_id);
      this.present.add(notice.client_id);
      announced?.();
    }
    return true;
  }
}

/** A change of network: phones with keys come back while the relay still believes in their old connections. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '../connection.js';
import { type Dialect, dialects, keyOf } from '../dialect.js';
import { noFaults } from '../faults.js';
import { clientFrame } from '../frames.js';
import { type Place, newPlaces, openHost, playerDoor } from '../hall.js';
import { inParallel } from '../in-parallel.js';
import type { Faults, Job, Measurement, ReturnPlan } from '../job.js';
import { FIRST_ID } from '../message-shape.js';
import { Meter } from '../meter.js';

const AT_ONCE = 64;
const PATIENCE_MS = 30_000;

/** What each phone has missed. */
const MISSED = '{"missed":true}';

interface Phone {
  readonly id: string;
  readonly place: Place;
  connection: Connection;
  readonly stream: string;
}

/** The relay's work is shared among those who come back. Each must go on with its stream, and get what it has missed. */
export async function measureReturn(job: Job, plan: ReturnPlan): Promise<Measurement> {
  const meter = new Meter(job.pid);
  const faults = noFaults();
  const places = newPlaces(job, dialects.carparty, plan.rooms);
  const hosts = await inParallel(places, AT_ONCE, openHost);
  for (const host of hosts) host.onUnknown = () => undefined;
  const seats = Array.from({ length: plan.players }, () => places).flat();
  const phones = await inParallel(seats, AT_ONCE, (place, id) => enter(job, plan, place, id));
  for (const { connection } of phones) connection.stall();
  for (const host of hosts) host.send(clientFrame(Buffer.from(MISSED)));
  for (const host of hosts) await host.fence();

  const begin = performance.now();
  const times: number[] = [];
  const comeBackAll = phones.map((phone, turn) => async (): Promise<void> => {
    await sleep((turn / phones.length) * plan.withinMs);
    await comeBack(phone, faults);
    times.push(performance.now() - begin);
  });
  const figures = await meter.measureDuring(() => Promise.all(comeBackAll.map((go) => go())), phones.length);
  for (const connection of [...hosts, ...phones.map((phone) => phone.connection)]) connection.vanish();
  const lastInMs = Math.max(...times);
  return { ...figures, messages: phones.length, lastInMs, faults, note: `${phones.length} came back` };
}

async function enter(job: Job, { rooms }: ReturnPlan, place: Place, seat: number): Promise<Phone> {
  const port = playerDoor(job, seat % rooms, Math.floor(seat / rooms));
  const phone = { id: String(FIRST_ID + seat), place: { ...place, port } };
  const { connection, welcome } = await login(phone, { key: keyOf(phone.id) });
  if (welcome.stream === undefined) throw new Error('the relay keeps no streams');
  return { ...phone, connection, stream: welcome.stream };
}

async function comeBack(phone: Phone, faults: Faults): Promise<void> {
  const former = phone.connection;
  // The relay resets it.
  former.onEnd = () => undefined;
  const { connection, welcome, next } = await login(phone, {
    key: keyOf(phone.id),
    stream: phone.stream,
    got: 0,
  });
  phone.connection = connection;
  if (welcome.resumed !== true) faults.order++;
  else if ((await soon(next)) !== MISSED) faults.bytes++;
  former.vanish();
}

interface Welcome {
  readonly stream?: string;
  readonly resumed?: boolean;
}

/** `next` is the message behind the welcome. */
async function login(
  { id, place }: Pick<Phone, 'id' | 'place'>,
  $relay: object,
): Promise<{ connection: Connection; welcome: Welcome; next: Promise<string> }> {
  const dialect: Dialect = place.dialect;
  const connection = await Connection.open(place.port, dialect, place.home);
  const texts: ((text: string) => void)[] = [];
  const text = (): Promise<string> => new Promise((resolve) => texts.push(resolve));
  const [first, next] = [text(), text()];
  connection.handlers = [(bytes, start, end) => (texts.shift()?.(bytes.toString('utf8', start, end)), true)];
  connection.send(dialect.login('login_client', { server_code: place.serverCode, client_id: id, $relay }));
  return { connection, welcome: JSON.parse(await soon(first)) as Welcome, next };
}

async function soon(text: Promise<string>): Promise<string> {
  const late = sleep(PATIENCE_MS, undefined, { ref: false }).then(() => {
    throw new Error('the relay says nothing');
  });
  return Promise.race([text, late]);
}

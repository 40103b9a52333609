// What is kept for those who are away: bounded, together with all queues, however many they are and whatever they are sent.
import { afterEach, expect, test, vi } from 'vitest';
import { Connection } from '../harness/connection.js';
import { glassWalls, lookInto } from '../harness/inside-view.js';
import { tell } from '../harness/latencies.js';
import { type OddRelay, useOddRelays } from '../harness/odd-relay.js';
import { Peers } from '../harness/peers.js';
import { Exposed } from '../service/metrics/exposed.js';
import { stayingHost, stayingPlayer, type StayingHost } from '../wire/returning/staying.js';

const MIB = 1_048_576;
const TOKEN = 'correct-horse-battery';
const AWAY = 300;

/** 16 of them are a MiB. */
const FILLER = 'x'.repeat(65_500);
const MESSAGES = 16;

/** MiB for all queues: less than half a MiB for each of those who are away. */
const TOTAL = 48;

const UNLIMITED = ['max-connections-per-address', 'host-rate', 'player-byte-rate', 'fanout-byte-rate'];
const FLAGS = [
  ...UNLIMITED.flatMap((option) => [`--${option}`, '0']),
  ...['--operator-token', TOKEN, '--max-player-outbox', `${MIB}`, '--max-total-outbox', `${TOTAL * MIB}`],
];

const start = useOddRelays();
const opened: Connection[] = [];

afterEach(() => {
  for (const connection of opened.splice(0)) connection.dispose();
});

class Guests extends Peers {
  constructor(private readonly relay: OddRelay) {
    super();
  }

  override code(): string {
    return 'SNEK';
  }

  override async connect(): Promise<Connection> {
    const connection = await Connection.open(this.relay.url());
    opened.push(connection);
    return connection;
  }
}

async function metrics(relay: OddRelay): Promise<Exposed> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const page = await fetch(relay.url().replace('ws', 'http').concat('metrics'), { headers });
  return new Exposed(await page.text());
}

/** MiB that the relay keeps for returns, as it tells its operator. */
async function kept(relay: OddRelay): Promise<number> {
  return ((await metrics(relay)).value('carparty_kept_bytes') ?? NaN) / MIB;
}

/** MiB in use, without garbage. */
async function weight(relay: OddRelay): Promise<number> {
  const { heap, external } = await lookInto(relay);
  return (heap + external) / MIB;
}

/** A host whose players are all away. */
async function lonelyHost(guests: Guests): Promise<StayingHost> {
  const host = await stayingHost(guests, { grace: 120 });
  for (let n = 0; n < AWAY; n++) (await stayingPlayer(guests, host, `${n}`)).vanish();
  await host.take(2 * AWAY);
  return host;
}

test('[R17] [A11] 300 players that are away and get a MiB each cost what all queues may hold, and no living peer is ended', async () => {
  const relay = await start(FLAGS, { prefix: glassWalls });
  const guests = new Guests(relay);
  const host = await lonelyHost(guests);
  const before = await weight(relay);
  const living = await stayingPlayer(guests, host, 'living');
  await host.next();
  for (let id = 0; id < AWAY; id++) {
    for (let n = 0; n < MESSAGES; n++) host.send({ receiver_id: `${id}`, n, FILLER });
  }
  await host.fence();
  // The sum is made once a second.
  await vi.waitFor(async () => expect(await kept(relay)).toBeLessThan(TOTAL), 20_000);
  expect(await kept(relay)).toBeGreaterThan(TOTAL / 4);
  const grown = (await weight(relay)) - before;
  tell(`${AWAY} players away that were sent a MiB each: memory +${grown.toFixed(0)} MiB of ${TOTAL}`);
  expect(grown).toBeLessThan(1.25 * TOTAL);
  expect((await metrics(relay)).text).not.toContain('outboxes-full');
  host.send('all');
  expect(await living.next()).toBe('all');
});

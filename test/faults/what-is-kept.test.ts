// What a peer wrote and the relay keeps beyond its turn has a bound: each field is filled here, and weighed (A30).
import { afterEach, expect, test, vi } from 'vitest';
import { clientFrame, opcode } from '../harness/frames.js';
import { glassWalls, lookInto } from '../harness/inside-view.js';
import { tell } from '../harness/latencies.js';
import { type OddRelay, useOddRelays } from '../harness/odd-relay.js';
import { RawPeer, upgradeRequest } from '../harness/raw-peer.js';
import { loginHost, loginPlayer } from '../harness/relay.js';

const KIB = 1_024;
const MIB = 1_024 * KIB;

const TRUSTING = ['--trust-proxy', 'loopback'];
const start = useOddRelays('file');
const started = new Map<string, Promise<OddRelay>>();
const peers: RawPeer[] = [];

/** A relay that can be looked into. Tests that want the same flags share it. */
function open(...flags: string[]): Promise<OddRelay> {
  const key = flags.join(' ');
  const relay = started.get(key) ?? start(flags, { prefix: glassWalls });
  started.set(key, relay);
  return relay;
}

afterEach(() => {
  for (const peer of peers.splice(0)) peer.vanish();
});

/** Peers that have done their handshake with `headers` and have sent `payloads`, one after the other. */
async function come(
  { port }: OddRelay,
  count: number,
  payloadsOf: (n: number) => (string | Buffer)[],
  headersOf: (n: number) => string[] = () => [],
): Promise<RawPeer[]> {
  const came: RawPeer[] = [];
  for (let n = 0; n < count; n++) {
    const peer = await RawPeer.connect(port);
    came.push(peer);
    peers.push(peer);
    peer.write(upgradeRequest('/', headersOf(n)));
    await peer.head();
    for (const payload of payloadsOf(n)) peer.write(clientFrame(payload));
    await peer.fence();
  }
  return came;
}

/** Bytes in the relay's memory without garbage, sockets and their kin apart. */
async function weigh(relay: OddRelay): Promise<number> {
  const { heap, external } = await lookInto(relay);
  return heap + external;
}

/** How many bytes more each of `count` peers with something takes than one without. */
async function costOfEach(
  relay: OddRelay,
  count: number,
  without: () => Promise<unknown>,
  withIt: () => Promise<unknown>,
): Promise<number> {
  // The first ones fill caches and have functions compiled.
  await without();
  const [empty, plain, full] = [
    await weigh(relay),
    await without().then(() => weigh(relay)),
    await withIt().then(() => weigh(relay)),
  ];
  return (full - plain - (plain - empty)) / count;
}

const COUNT = 40;

/** Where little is to be found in the noise of a few hundred kilobytes. */
const MANY = 100;
let codes = 0;

function hostsThatSay(relay: OddRelay, ...said: string[]): () => Promise<RawPeer[]> {
  return () => come(relay, COUNT, () => [loginHost(`R${codes++}`), ...said]);
}

const long = 'x'.repeat(900_000);
const id = long.slice(0, 400_000);

test.each([
  ['names a receiver with an id of 400 kB', JSON.stringify({ receiver_id: id })],
  ['names a receiver with an id of 400 kB in escapes', `{"receiver_id":"\\u0061${id}"}`],
  ['sends 400 kB that are not JSON', id],
])('[A30] the relay forgets all that a host sent when it %s', async (what, message) => {
  const relay = await open(...TRUSTING);
  const each = await costOfEach(relay, COUNT, hostsThatSay(relay, 'short'), hostsThatSay(relay, message));
  tell(`a host that ${what} takes ${(each / KIB).toFixed(1)} KiB more`);
  expect(each).toBeLessThan(64 * KIB);
});

// A part of a text keeps all of the text in memory.
const heads: [string, (n: number) => string, string][] = [
  ['a subprotocol', () => 'Sec-WebSocket-Protocol: carparty-relay-v1', `, ${'p'.repeat(7_000)}`],
  ['an address', (n) => `X-Forwarded-For: 203.0.113.${100 + n}`, ', 127.0.0.1'.repeat(600)],
];

test.each(heads)(
  '[A30] the relay forgets the header of a handshake except %s',
  async (what, headOf, rest) => {
    const relay = await open(...TRUSTING);
    const hosts = (end: string) => (): Promise<RawPeer[]> =>
      come(
        relay,
        MANY,
        () => [loginHost(`R${codes++}`)],
        (n) => [headOf(n) + end],
      );
    const each = await costOfEach(relay, MANY, hosts(''), hosts(rest));
    tell(`a handshake with a head of 7 kB, ${what} in it, leaves ${(each / KIB).toFixed(1)} KiB`);
    expect(each).toBeLessThan(6 * KIB);
  },
);

test('[A30] a player costs the memory of its code and its id, and pins no buffer that others used', async () => {
  const relay = await open(...TRUSTING);
  await come(relay, 1, () => [loginHost('FULL'), ...Array<string>(2).fill('hello')]);
  const join = (id: (n: number) => string) => (): Promise<RawPeer[]> =>
    // What each says behind its login takes up the rest of the pool that its login began.
    come(relay, MANY, (n) => [loginPlayer('FULL', id(n)), JSON.stringify({ filler: 'x'.repeat(3_900) })]);
  const each = await costOfEach(
    relay,
    MANY,
    () => Promise.resolve(),
    join((n) => `${n}`.padStart(1_024, '0')),
  );
  tell(`a player with an id of 1,024 bytes takes ${(each / KIB).toFixed(1)} KiB`);
  expect(each).toBeLessThan(24 * KIB);
});

const BOUND = ['--max-total-outbox', `${MIB}`, '--player-rate', '10'];

const half = `{"long":"${long.slice(0, 400_000)}`;

const kept: [string, number, Buffer[]][] = [
  ['a frame without its end', 8, [clientFrame(JSON.stringify({ long })).subarray(0, -10)]],
  [
    'fragments without a last one',
    8,
    [clientFrame(half, { fin: false }), clientFrame(half, { fin: false, opcode: opcode.continuation })],
  ],
  ['what was read of a player that sends too fast', 40, Array<Buffer>(16_384).fill(clientFrame('{}'))],
];

test.each(kept)(
  '[A11] data that the relay has read and cannot yet pass on counts: %s',
  async (_, count, sent) => {
    const relay = await open(...BOUND);
    const code = `R${codes++}`;
    await come(relay, 1, () => [loginHost(code)]);
    const players = await come(relay, count, (n) => [loginPlayer(code, `${n}`)]);
    let gone = 0;
    for (const player of players) void player.ended.then(() => gone++);
    const before = await weigh(relay);
    const bytes = Buffer.concat(sent);
    for (const player of players) player.write(bytes);
    // Twice as much as may be kept and more: half of them have to go.
    await vi.waitFor(() => expect(gone).toBeGreaterThanOrEqual(count / 2), 30_000);
    await vi.waitFor(async () => expect((await weigh(relay)) - before).toBeLessThan(4 * MIB), 30_000);
  },
);

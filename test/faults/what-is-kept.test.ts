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

const start = useOddRelays();
const peers: RawPeer[] = [];

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

const COUNT = 100;
let codes = 0;

function hostsThatSay(relay: OddRelay, ...said: string[]): () => Promise<RawPeer[]> {
  return () => come(relay, COUNT, () => [loginHost(`R${codes++}`), ...said]);
}

const long = 'x'.repeat(900_000);

test.each([
  ['names a receiver with an id of 900 kB', JSON.stringify({ receiver_id: long })],
  ['names a receiver with an id of 900 kB in escapes', `{"receiver_id":"\\u0061${long}"}`],
  ['sends 900 kB that are no JSON', long],
])('[A30] a host that %s leaves nothing of it in memory', async (what, message) => {
  const relay = await start([], { prefix: glassWalls });
  const each = await costOfEach(relay, COUNT, hostsThatSay(relay, 'short'), hostsThatSay(relay, message));
  tell(`a host that ${what} takes ${(each / KIB).toFixed(1)} KiB more`);
  expect(each).toBeLessThan(64 * KIB);
});

// A part of a text keeps all of the text in memory.
const heads: [string, (n: number) => string, string][] = [
  ['a subprotocol', () => 'Sec-WebSocket-Protocol: carparty-relay-v1', `, ${'p'.repeat(7_000)}`],
  ['an address', (n) => `X-Forwarded-For: 203.0.113.${100 + n}`, ', 127.0.0.1'.repeat(600)],
];

test.each(heads)('[A30] the head of a handshake is forgotten but for %s', async (what, headOf, rest) => {
  const relay = await start(['--trust-proxy', 'loopback'], { prefix: glassWalls });
  const hosts = (end: string) => (): Promise<RawPeer[]> =>
    come(
      relay,
      COUNT,
      () => [loginHost(`R${codes++}`)],
      (n) => [headOf(n) + end],
    );
  const each = await costOfEach(relay, COUNT, hosts(''), hosts(rest));
  tell(`a handshake with a head of 7 kB, ${what} in it, leaves ${(each / KIB).toFixed(1)} KiB`);
  expect(each).toBeLessThan(6 * KIB);
});

test('[A30] a player keeps its code and its id, and no pool of buffers that others have left', async () => {
  const relay = await start([], { prefix: glassWalls });
  await come(relay, 1, () => [loginHost('FULL'), ...Array<string>(2).fill('hello')]);
  const join = (id: (n: number) => string) => (): Promise<RawPeer[]> =>
    // What each says behind its login takes up the rest of the pool that its login began.
    come(relay, COUNT, (n) => [loginPlayer('FULL', id(n)), JSON.stringify({ filler: 'x'.repeat(3_900) })]);
  const each = await costOfEach(
    relay,
    COUNT,
    () => Promise.resolve(),
    join((n) => `${n}`.padStart(1_024, '0')),
  );
  tell(`a player with an id of 1,024 bytes takes ${(each / KIB).toFixed(1)} KiB`);
  expect(each).toBeLessThan(24 * KIB);
});

const BOUND = ['--max-total-outbox', `${4 * MIB}`, '--player-rate', '10'];

const half = `{"long":"${long.slice(0, 400_000)}`;

const kept: [string, number, Buffer[]][] = [
  ['a frame without its end', 20, [clientFrame(JSON.stringify({ long })).subarray(0, -10)]],
  [
    'fragments without a last one',
    20,
    [clientFrame(half, { fin: false }), clientFrame(half, { fin: false, opcode: opcode.continuation })],
  ],
  ['what was read of a player that sends too fast', 150, [clientFrame('{}')]],
];

test.each(kept)('[A11] what cannot be taken yet counts: %s', async (_, count, sent) => {
  const relay = await start(BOUND, { prefix: glassWalls });
  await come(relay, 1, () => [loginHost('HALF')]);
  const players = await come(relay, count, (n) => [loginPlayer('HALF', `${n}`)]);
  let gone = 0;
  for (const player of players) void player.ended.then(() => gone++);
  const before = await weigh(relay);
  const many = Math.ceil((128 * KIB) / Buffer.concat(sent).length);
  for (const player of players) for (let n = 0; n < many; n++) player.write(...sent);
  // Twice as much as may be kept and more: half of them have to go.
  await vi.waitFor(() => expect(gone).toBeGreaterThanOrEqual(count / 2), 30_000);
  await vi.waitFor(async () => expect((await weigh(relay)) - before).toBeLessThan(8 * MIB), 30_000);
});

// What makers of games get wrong, found in a running relay; the tests decide when it looks.
import { expect, test, vi } from 'vitest';
import { RelayModule } from '../../../src/index.js';
import { type FindingKind, MISTAKES } from '../../../src/operator/ledger/finding.js';
import { LedgerModule } from '../../../src/operator/ledger/ledger.module.js';
import { ROOMS_AT_ONCE, RoomLinter } from '../../../src/operator/ledger/room-linter.js';
import { hasUnsafeInteger } from '../../../src/operator/ledger/unsafe-integer.js';
import { startBackend } from '../../embed/backend.js';
import { Connection } from '../../harness/connection.js';
import { loginHost, loginPlayer, type Host } from '../../harness/relay.js';
import { stayingHost, stayingPlayer, wordsToHost } from '../../wire/returning/staying.js';
import { Lint } from './lint.js';

/** Everything that a game may do. */
async function playWell(lint: Lint, host: Host): Promise<void> {
  const { peers } = lint.backend;
  const player = await peers.player(host, '467');
  for (let n = 0; n < 100; n++) player.send({ n, x: 0.12345678901234567, id: '12345678901234567890' });
  await host.take(100);
  for (let n = 0; n < 100; n++) host.send({ receiver_id: '467', n, big: Number.MAX_SAFE_INTEGER });
  await player.take(100);
  await player.leave();
  await host.next();
  // Too late: the game has not read the notice yet.
  host.send({ receiver_id: '467' });
  host.send('x'.repeat(64 * 1024));
  await host.fence();
}

test('[O16] the relay reports nothing about a game that does everything right', async () => {
  const lint = await Lint.start();
  const host = await lint.backend.peers.host();
  expect(await lint.look(() => playWell(lint, host))).toEqual([]);
});

const mistakes: [FindingKind, number, (host: Host, lint: Lint) => Promise<unknown>][] = [
  [
    'receiver-not-text',
    2,
    async (host) => {
      host.send({ receiver_id: 467 });
      host.send({ receiver_id: 467 });
      await host.fence();
    },
  ],
  [
    'receiver-never-here',
    1,
    async (host) => {
      host.send({ receiver_id: '468' });
      await host.fence();
    },
  ],
  [
    'large-message',
    1,
    async (host, { backend: { peers } }) => {
      const player = await peers.player(host, '467');
      player.send({ drawing: 'x'.repeat(64 * 1024) });
      await host.next();
    },
  ],
  [
    'unsafe-integer',
    1,
    async (host) => {
      host.send('{"id":9007199254740993}');
      await host.fence();
    },
  ],
  [
    'receiver-in-no-json',
    3,
    async (host) => {
      host.send('{"receiver_id":"467","role":"werewolf","x":nan}');
      host.send('\ufeff{"receiver_id":"467"}');
      host.send(Buffer.from('{"a":[{"b":"}"}], "receiver_id" : "467",}'));
      await host.fence();
    },
  ],
];
test.each(mistakes)(
  '[O16] %s is detected, counted, and reported once with its fix',
  async (kind, times, err) => {
    const lint = await Lint.start();
    const host = await lint.backend.peers.host('SNEK');
    expect(await lint.look(() => err(host, lint))).toEqual([[kind, times]]);
    const [finding] = lint.linter.findings();
    expect(finding).toMatchObject({ serverCode: 'SNEK', at: expect.any(Date) as Date });
    const { meaning, fix } = MISTAKES[kind];
    expect(`The game SNEK ${meaning}. ${fix}`).toMatch(/^The game SNEK (sends|has|gets) .*\. [A-Z].*\.$/);
    expect(lint.written).toEqual([
      { id: expect.any(Number) as number, at: finding?.at, serverCode: 'SNEK', finding: kind },
    ]);
    await lint.backend.logs.until(({ text }) => text.includes('SNEK') && text.includes(kind), kind);
    await lint.look(() => err(host, lint));
    expect(lint.found).toHaveLength(1);
    expect(lint.found[0]![1]).toBeGreaterThan(times);
    expect(lint.backend.logs.count(`(${kind})`)).toBe(1);
    expect(lint.written).toHaveLength(1);
    expect(lint.linter.rooms.get(kind)).toBe(1);
  },
);

test('[O16] a device that repeats the same message is detected, and one that sends new messages is not', async () => {
  const lint = await Lint.start();
  const { peers } = lint.backend;
  const host = await peers.host();
  const player = await peers.player(host, '467');
  const say = async (messages: object[]): Promise<void> => {
    for (const message of messages) player.send(message);
    await host.take(messages.length);
  };
  const changing = Array.from({ length: 300 }, (_, n) => ({ speed: n % 7 }));
  expect(await lint.look(() => say(changing))).toEqual([]);
  const same = Array<object>(300).fill({ speed: 3 });
  expect(await lint.look(() => say(same))).toEqual([['identical-messages', 1]]);
});

test('[O16] of many games of one address that make the same mistake five get a log line', async () => {
  const relay = RelayModule.forRoot({ trustProxy: ['loopback'] });
  const { app, port, logs } = await startBackend({ imports: [relay, LedgerModule] });
  const linter = app.get(RoomLinter, { strict: false });
  for (let n = 0; n < 12; n++) {
    const headers = { 'X-Forwarded-For': '198.51.100.1' };
    const host = await Connection.open(`ws://127.0.0.1:${port}`, { headers });
    host.send(loginHost(`ROOM${n}`));
    host.send('{"receiver_id":1}');
    await host.fence();
    await host.leave();
  }
  await vi.waitFor(() => expect(linter.rooms.get('receiver-not-text')).toBe(12), 10_000);
  await app.close();
  await logs.until(({ text }) => text.startsWith('7 more games of 198.51.100.1 in 10 s: each sends'), 'them');
  expect(logs.count('(receiver-not-text)')).toBe(6);
});

test('each of many rooms gets its turn, and a closed room is forgotten', async () => {
  const lint = await Lint.start();
  const hosts: Host[] = [];
  while (hosts.length < ROOMS_AT_ONCE + 3) hosts.push(await lint.backend.peers.host());
  for (const host of hosts) host.send({ receiver_id: 1 });
  for (const host of hosts) await host.fence();
  for (let tick = 0; tick < 3; tick++) lint.linter.tick();
  expect(lint.found).toHaveLength(hosts.length);
  await hosts[0]!.leave();
  for (let tick = 0; tick < 20; tick++) lint.linter.tick();
  expect(lint.found).toHaveLength(hosts.length);
});

test.each([
  ['9007199254740993', true],
  ['{"a":[1,-12345678901234567890]}', true],
  ['{"a":"\\"12345678901234567890","b":12345678901234567890}', true],
  ['9007199254740991', false],
  ['9007199254740992', false],
  ['10000000000000000', false],
  ['1'.repeat(400), true],
  ['{"a":"12345678901234567890"}', false],
  ['{"a":"\\\\\\"12345678901234567890"}', false],
  ['{"a":0.12345678901234567890}', false],
  ['{"a":12345678901234567890.5}', false],
  ['{"a":12345678901234567890e1}', false],
  ['', false],
])('[O16] an unsafe integer in %s: %s', (text, expected) => {
  expect(hasUnsafeInteger(Buffer.from(text))).toBe(expected);
});

/** A player without a key whose connection is lost, and that has its seat again when this resolves. */
async function comeBack(lint: Lint, host: Host, id: string): Promise<void> {
  const { peers } = lint.backend;
  const player = await peers.player(host, id);
  player.vanish();
  await wordsToHost(host);
  await peers.saying(loginPlayer(host.code, id));
  expect(await wordsToHost(host)).toMatchObject({ $relay: 'back', client_id: id });
}

test('[O16] a game that asks for grace, whose phones come back and have no key, learns to give them one', async () => {
  const lint = await Lint.start();
  const host = await stayingHost(lint.backend.peers, { grace: 60 });
  expect(await lint.look(() => comeBack(lint, host, '467'))).toEqual([['phones-without-key', 1]]);
  expect(await lint.look(() => comeBack(lint, host, '468'))).toEqual([['phones-without-key', 2]]);
});

test('[O16] the relay does not ask for keys where a phone has one, or none has come back, or the game did not ask', async () => {
  const lint = await Lint.start();
  const { peers } = lint.backend;
  const mixed = await stayingHost(peers, { grace: 60 });
  const lonely = await stayingHost(peers, { grace: 60 });
  const plain = await peers.host();
  const found = await lint.look(async () => {
    await stayingPlayer(peers, mixed, 'keyed');
    await mixed.next();
    await comeBack(lint, mixed, 'old phone');
    (await peers.player(lonely, 'gone')).vanish();
    await lonely.next();
    (await peers.player(plain, '467')).vanish();
    await plain.next();
    await peers.player(plain, '467');
  });
  expect(found).toEqual([]);
});

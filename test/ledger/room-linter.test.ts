// What makers of games get wrong, found in a running relay; the tests decide when it looks.
import { expect, test } from 'vitest';
import { RelayModule } from '../../src/index.js';
import { isFinding } from '../../src/ledger/entry.js';
import { type FindingKind, MISTAKES } from '../../src/ledger/finding.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { LedgerModule } from '../../src/ledger/ledger.module.js';
import { ROOMS_AT_ONCE, RoomLinter } from '../../src/ledger/room-linter.js';
import { hasUnsafeInteger } from '../../src/ledger/unsafe-integer.js';
import { startBackend, type Backend } from '../embed/backend.js';
import type { Host } from '../harness/relay.js';

class Lint {
  private constructor(
    readonly backend: Backend,
    readonly linter: RoomLinter,
  ) {}

  static async start(): Promise<Lint> {
    const backend = await startBackend({ imports: [RelayModule.forRoot(), LedgerModule] });
    const linter = backend.app.get(RoomLinter, { strict: false });
    linter.stop();
    return new Lint(backend, linter);
  }

  /** Lets the linter look while `happens`, as long as that takes, and returns what it has found so far. */
  async look(happens: () => Promise<unknown>): Promise<[FindingKind, number][]> {
    do this.linter.tick();
    while (this.linter.looking === 0);
    await happens();
    this.linter.tick();
    return this.found;
  }

  /** The findings that stand in the ledger. */
  get written(): object[] {
    const entries = this.backend.app.get(Ledger, { strict: false }).entries();
    return entries.filter(isFinding);
  }

  get found(): [FindingKind, number][] {
    return this.linter.findings().map(({ kind, times }) => [kind, times]);
  }
}

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

test('[O16] a game that does everything right is told nothing', async () => {
  const lint = await Lint.start();
  const host = await lint.backend.peers.host();
  expect(await lint.look(() => playWell(lint, host))).toEqual([]);
});

let phones = 0;
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
    async (host) => {
      host.send('x'.repeat(64 * 1024 + 1));
      await host.fence();
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
    'new-id-each-time',
    3,
    async (host, { backend: { peers } }) => {
      for (let n = 0; n < 4; n++) {
        const player = await peers.player(host, `phone ${++phones}`);
        await player.leave();
        await host.next();
      }
    },
  ],
];
test.each(mistakes)('[O16] %s is found, counted, and told once with its fix', async (kind, times, err) => {
  const lint = await Lint.start();
  const host = await lint.backend.peers.host('SNEK');
  expect(await lint.look(() => err(host, lint))).toEqual([[kind, times]]);
  const [finding] = lint.linter.findings();
  expect(finding).toMatchObject({ serverCode: 'SNEK', at: expect.any(Date) as Date });
  const { meaning, fix } = MISTAKES[kind];
  expect(`The game SNEK ${meaning}. ${fix}`).toMatch(/^The game SNEK (sends|has) .*\. [A-Z].*\.$/);
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
});

test('[O16] a device that says the same again and again is found, one that says something new is not', async () => {
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

test('[O16] who comes back under the same id is no new player, however often', async () => {
  const lint = await Lint.start();
  const { peers } = lint.backend;
  const host = await peers.host();
  const found = await lint.look(async () => {
    for (let n = 0; n < 6; n++) {
      const player = await peers.player(host, `${n % 2}`);
      await player.leave();
      await host.next();
    }
  });
  expect(found).toEqual([]);
});

test('each of many rooms has its turn, and a room that is closed is let go of', async () => {
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
  ['{"a":"12345678901234567890"}', false],
  ['{"a":"\\\\\\"12345678901234567890"}', false],
  ['{"a":0.12345678901234567890}', false],
  ['{"a":12345678901234567890.5}', false],
  ['{"a":12345678901234567890e1}', false],
  ['', false],
])('[O16] an unsafe integer in %s: %s', (text, expected) => {
  expect(hasUnsafeInteger(Buffer.from(text))).toBe(expected);
});

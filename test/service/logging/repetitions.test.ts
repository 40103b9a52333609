// An address that does the same again and again, in the log.
import { expect, test, vi } from 'vitest';
import { RelayModule, RelayMonitor } from '../../../src/index.js';
import { Repetitions, type Summary } from '../../../src/relay/logging/repetitions.js';
import { SessionService } from '../../../src/relay/session/session.service.js';
import { startBackend } from '../../embed/backend.js';
import { fixForTest } from '../../harness/fixed.js';
import { Connection } from '../../harness/connection.js';
import { loginHost, loginPlayer } from '../../harness/relay.js';

const HERE = '198.51.100.1';

/** What is logged one by one, and what in one line at the end. */
class Book {
  readonly summaries: Summary<string>[] = [];
  readonly repetitions = new Repetitions<string>((summary) => this.summaries.push(summary));

  refuse(times: number, address = HERE): number {
    const told = Array.from({ length: times }, () => this.repetitions.isTold(address, 'no-such-code'));
    return told.filter(Boolean).length;
  }
}

test('[O17] of many refusals from one address the first have a log line each, and the others share one', () => {
  const book = new Book();
  expect(book.refuse(40)).toBe(5);
  expect(book.refuse(3, '198.51.100.2')).toBe(3);
  book.repetitions.flush();
  expect(book.summaries).toEqual([{ address: HERE, kind: 'no-such-code', times: 35 }]);
  expect(book.refuse(2)).toBe(2);
  book.repetitions.flush();
  expect(book.summaries).toHaveLength(1);
});

test('[O17] the shared line comes after ten seconds', () => {
  vi.useFakeTimers();
  try {
    const book = new Book();
    book.refuse(6);
    vi.advanceTimersByTime(9_999);
    expect(book.summaries).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(book.summaries).toEqual([{ address: HERE, kind: 'no-such-code', times: 1 }]);
    vi.advanceTimersByTime(100_000);
    expect(book.summaries).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test('[O17] each refusal from this machine has its own log line', () => {
  const book = new Book();
  expect(book.refuse(40, '127.0.0.1') + book.refuse(40, '')).toBe(80);
});

test('refusals from thousands of addresses take bounded memory, and all are counted', () => {
  const book = new Book();
  let told = 0;
  for (let n = 0; n < 3_000; n++) told += book.refuse(6, `10.1.${n >> 8}.${n & 255}`);
  book.repetitions.flush();
  expect(book.summaries.length).toBeLessThanOrEqual(1_001);
  expect(told + book.summaries.reduce((sum, { times }) => sum + times, 0)).toBe(18_000);
});

test('[O17] an address that the relay turns away at the handshake is one line for many attempts', async () => {
  fixForTest({ burstSeconds: 1 });
  const relay = RelayModule.forRoot({ trustProxy: ['loopback'], newConnectionsPerSecond: 1 });
  const { app, port, logs } = await startBackend({ imports: [relay] });
  const attempt = (): Promise<Connection> =>
    Connection.open(`ws://127.0.0.1:${port}`, { headers: { 'X-Forwarded-For': HERE } });
  const attempts = await Promise.allSettled(Array.from({ length: 30 }, attempt));
  for (const result of attempts) if (result.status === 'fulfilled') result.value.dispose();
  const refused = attempts.filter(({ status }) => status === 'rejected').length;
  await app.close();
  const ending = 'too-many-new-connections-of-address';
  const line = await logs.until(({ text }) => text.includes('times more'), 'a summary');
  expect(line.text).toBe(
    `Connection (${HERE}) was refused: its address connects too often, ${refused - 5} times more in 10 s (${ending})`,
  );
  expect(logs.count(ending)).toBe(6);
});

/** Nothing is refused for being too much. */
const UNLIMITED = {
  ...{ newConnectionsPerSecond: 0, failedLoginsPerMinute: 0, maxHostsPerAddress: 0, newHostsPerMinute: 0 },
  ...{ maxConnectionsPerAddress: 0 },
};

const TIMES = 12;

/** What one address can do that is a line of the log: its words, and the first messages of one connection. */
const deeds: [words: string, messages: (n: number) => string[]][] = [
  ['sent JSON that is not an object', (n) => [loginPlayer('SNEK', `${n}`), '[]']],
  ['sent something that is not JSON', (n) => [loginPlayer('SNEK', `${n}`), 'oops']],
  ['opened its room', (n) => [loginHost(`room ${n}`)]],
  ['joined', (n) => [loginPlayer('SNEK', `${n}`)]],
  ['was refused: no game is running under', (n) => [loginPlayer('SNEX', `${n}`)]],
  ['was refused: another game already runs under', () => [loginHost('SNEK')]],
  ['was refused: its first message is not a login', () => ['{}']],
  ['closed its connection, or lost it', (n) => [loginPlayer('SNEK', `${n}`)]],
];

/** The words of a line about several, which may have named several codes. */
const together = (words: string): string => words.replace(/ under$/, ' under its code');

test.each(deeds)(
  '[O17] an address whose peers each have "%s" does not fill the log with it',
  async (words, messages) => {
    const relay = RelayModule.forRoot({ trustProxy: ['loopback'], ...UNLIMITED });
    const { app, port, logs, peers } = await startBackend({ imports: [relay] });
    await peers.host('SNEK');
    for (let n = 0; n < TIMES; n++) {
      const peer = await Connection.open(`ws://127.0.0.1:${port}`, { headers: { 'X-Forwarded-For': HERE } });
      for (const message of messages(n)) peer.send(message);
      await (messages(n).length === 1 ? Promise.race([peer.fence(), peer.closed()]) : peer.closed());
      peer.dispose();
    }
    const monitor = app.get(RelayMonitor, { strict: false });
    await vi.waitFor(() => expect(monitor.totals()).toMatchObject({ hosts: 1, players: 0 }), 10_000);
    await app.close();
    await logs.until(
      ({ text }) => text.includes(`(${HERE}) ${together(words)}, ${TIMES - 5} times more in 10 s`),
      words,
    );
    expect(logs.count(HERE, words)).toBe(6);
  },
);

test('[O17] internal errors that one address runs into are summed up too', async () => {
  const relay = RelayModule.forRoot({ trustProxy: ['loopback'], ...UNLIMITED });
  const { app, port, logs } = await startBackend({ imports: [relay] });
  vi.spyOn(app.get(SessionService, { strict: false }), 'loginHost').mockRejectedValue(new Error('ours'));
  for (let n = 0; n < TIMES; n++) {
    const peer = await Connection.open(`ws://127.0.0.1:${port}`, { headers: { 'X-Forwarded-For': HERE } });
    peer.send(loginHost(`${n}`));
    await peer.closed();
  }
  await app.close();
  await logs.until(({ text }) => text.includes('times more'), 'a summary');
  expect(logs.count('ours')).toBe(5);
  expect(logs.count('(internal-error)')).toBe(6);
});

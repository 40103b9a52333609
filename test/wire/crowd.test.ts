// Rule A25, on the wire: with every limit at its default, a school behind one address meets none of them.
import { afterEach, expect, test } from 'vitest';
import { Connection } from '../harness/connection.js';
import { connectNotice } from '../harness/notices.js';
import { Program } from '../harness/program.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { TRUSTING } from '../limits/behind.js';

const CODE = 'SNEK';
const HEADERS = { 'X-Forwarded-For': '198.51.100.1' };

const programs: Program[] = [];
const peers: Connection[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.dispose();
  for (const program of programs.splice(0)) await program.stop('SIGKILL');
});

/** A relay with its defaults on `port`, 0 for any; returns where it listens. */
async function start(port = 0): Promise<{ program: Program; port: number }> {
  const program = new Program([
    '--port',
    `${port}`,
    '--log-format',
    'json',
    '--log-level',
    'debug',
    ...TRUSTING,
  ]);
  programs.push(program);
  return { program, port: await program.listening() };
}

async function peer(port: number, login: string): Promise<Connection> {
  const connection = await Connection.open(`ws://127.0.0.1:${port}`, { headers: HEADERS });
  peers.push(connection);
  connection.send(login);
  return connection;
}

/** A host and, once it is there, `count` phones, all at the same moment; resolves when each has logged in. */
async function party(port: number, count: number): Promise<{ host: Connection; phones: Connection[] }> {
  const host = await peer(port, loginHost(CODE));
  await host.fence();
  const ids = Array.from({ length: count }, (_, at) => `${at}`);
  const phones = await Promise.all(ids.map((id) => peer(port, loginPlayer(CODE, id))));
  const notices = await host.take(count);
  expect(new Set(notices)).toEqual(new Set(ids.map(connectNotice)));
  return { host, phones };
}

/** What a log says when something met a limit: every such rule is in chapter A. */
function limitsMet({ logs }: Program): string[] {
  return logs.lines.map(({ raw }) => raw).filter((line) => /"rule":"A\d+"/.test(line));
}

test('[A25] a hundred phones behind one address join at once, play, go and come back at once', async () => {
  const { program, port } = await start();
  for (const round of ['first', 'second', 'third']) {
    const { host, phones } = await party(port, 100);
    for (let turn = 0; turn < 20; turn++) for (const phone of phones) phone.send({ turn, round });
    await host.take(2_000);
    host.send({ question: round });
    expect(await Promise.all(phones.map((phone) => phone.next()))).toEqual(
      phones.map(() => JSON.stringify({ question: round })),
    );
    for (const phone of phones) phone.vanish();
    await host.take(100);
    await host.leave();
  }
  expect(limitsMet(program)).toEqual([]);
});

test('[A25] a thousand phones of one address that come back after a restart are all let in', async () => {
  const { program, port } = await start();
  const { host, phones } = await party(port, 1_000);
  await program.stop();
  await Promise.all([host, ...phones].map((connection) => connection.closed()));
  const again = await start(port);
  const since = performance.now();
  await party(again.port, 1_000);
  process.stdout.write(`1,000 phones were back within ${Math.round(performance.now() - since)} ms\n`);
  expect([...limitsMet(program), ...limitsMet(again.program)]).toEqual([]);
}, 120_000);

test('[A25] a thousand phones that lose their Wi-Fi come back while the relay takes the old ones for alive', async () => {
  const { program, port } = await start();
  const { host } = await party(port, 1_000);
  // The clock of the limits runs on while the school gets its Wi-Fi back.
  const ids = Array.from({ length: 200 }, (_, at) => `${at}`);
  await Promise.all(ids.map((id) => peer(port, loginPlayer(CODE, id))));
  await host.take(ids.length);
  expect(limitsMet(program)).toEqual([]);
}, 120_000);

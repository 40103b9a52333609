// Rule A25, on the wire: a party behind one address meets no limit, and neither does a school that was thought of.
import { afterEach, expect, test } from 'vitest';
import { Connection } from '../harness/connection.js';
import { tell } from '../harness/latencies.js';
import { connectNotice } from '../harness/notices.js';
import { Program } from '../harness/program.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { TRUSTING } from '../harness/behind.js';

const CODE = 'SNEK';
const SCHOOL = { 'X-Forwarded-For': '198.51.100.1' };

type Headers = Record<string, string>;

const programs: Program[] = [];
const peers: Connection[] = [];

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.dispose();
  for (const program of programs.splice(0)) await program.stop('SIGKILL');
});

/** A relay with every limit at its default, but for the flags. */
async function start(flags: string[]): Promise<{ program: Program; port: number }> {
  const program = new Program(['--port', '0', '--log-format', 'json', '--log-level', 'debug', ...flags]);
  programs.push(program);
  return { program, port: await program.listening() };
}

async function peer(port: number, login: string, headers: Headers): Promise<Connection> {
  const connection = await Connection.open(`ws://127.0.0.1:${port}`, { headers });
  peers.push(connection);
  connection.send(login);
  return connection;
}

/** A host and, once it is there, `count` phones, all at the same moment; resolves when each has logged in. */
async function party(
  port: number,
  count: number,
  headers: Headers,
): Promise<{ host: Connection; phones: Connection[] }> {
  const host = await peer(port, loginHost(CODE), headers);
  await host.fence();
  const ids = Array.from({ length: count }, (_, at) => `${at}`);
  const phones = await Promise.all(ids.map((id) => peer(port, loginPlayer(CODE, id), headers)));
  const notices = await host.take(count);
  expect(new Set(notices)).toEqual(new Set(ids.map(connectNotice)));
  return { host, phones };
}

/** What a log says when something met a limit: every such rule is in chapter A. */
function limitsMet({ logs }: Program): string[] {
  return logs.lines.map(({ raw }) => raw).filter((line) => /"rule":"A\d+"/.test(line));
}

test('[A25] a hundred phones behind one address join at once, play, leave and come back at once', async () => {
  const { program, port } = await start(TRUSTING);
  for (const round of ['first', 'second']) {
    const { host, phones } = await party(port, 100, SCHOOL);
    for (let turn = 0; turn < 5; turn++) for (const phone of phones) phone.send({ turn, round });
    await host.take(500);
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

test('[A25] phones that lose their Wi-Fi come back while the relay still counts their old connections', async () => {
  const { program, port } = await start(TRUSTING);
  const { host, phones } = await party(port, 100, SCHOOL);
  await Promise.all(phones.map((_, id) => peer(port, loginPlayer(CODE, `${id}`), SCHOOL)));
  await host.take(phones.length);
  expect(limitsMet(program)).toEqual([]);
});

/** As docs/operations.md advises for a thousand phones behind one address. */
const RAISED = ['--max-connections-per-address', '2400', '--new-connections-per-second', '80'];

test.each([
  [1_000, 'of a school for which the limits of an address were raised', [...TRUSTING, ...RAISED], SCHOOL],
  [600, 'of loopback, more than any other address may have,', [], {}],
])(
  '[A25] %d phones %s connect at once to a relay that has just restarted, and all get in',
  async (count, _, flags, headers) => {
    const { program, port } = await start(flags);
    const since = performance.now();
    await party(port, count, headers);
    tell(`${count} phones had logged in after ${Math.round(performance.now() - since)} ms`);
    expect(limitsMet(program)).toEqual([]);
  },
  120_000,
);

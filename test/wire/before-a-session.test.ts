// Rule E13: what ends before it has a session, as an operator sees it.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { Looks } from '../harness/event-stream.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { useOddRelays } from '../harness/odd-relay.js';
import { RawPeer, upgradeRequest } from '../harness/raw-peer.js';
import { useRelay } from '../harness/relay.js';
import { Behind, TRUSTING } from '../harness/behind.js';

const TOKEN = 'correct-horse-battery';
const relay = useRelay(...TRUSTING, '--operator-token', TOKEN, ...fixed({ requestTimeout: 1 }));
const startOdd = useOddRelays();

const without = (header: string, request = upgradeRequest()): string =>
  request.replace(new RegExp(`^${header}:.*\r\n`, 'm'), '');

/** Says something and leaves, as soon as the relay has had the time to read it. */
async function say(bytes: string | Buffer, halfClose = false): Promise<RawPeer> {
  const peer = await relay.rawConnect();
  peer.write(bytes);
  if (halfClose) peer.halfClose();
  return peer;
}

/** How many lines there are with the ending so far. */
const lines = (ending: string): number => relay.logs.count(`(${ending})`);

const CASES: [string, string, () => Promise<unknown>][] = [
  ['no key', 'bad-handshake', () => say(without('Sec-WebSocket-Key'))],
  ['a version of the past', 'bad-handshake', () => say(upgradeRequest().replace(': 13', ': 12'))],
  ['a method that is not GET', 'bad-handshake', () => say(upgradeRequest().replace('GET', 'PUT'))],
  ['the hello of TLS', 'speaks-tls', () => say(Buffer.from('16030100c8010000c40303', 'hex'))],
  ['something that is not HTTP', 'bad-request', () => say('SSH-2.0-OpenSSH_9.2\r\n')],
  ['a head that is too long', 'bad-request', () => say(upgradeRequest(`/${'x'.repeat(20_000)}`))],
  ['half a request and a FIN', 'broken-off', () => say(upgradeRequest().slice(0, -4), true)],
  ['half a request and silence', 'broken-off', () => say(upgradeRequest().slice(0, -4))],
];
test.each(CASES)('[E13] %s is a log line (%s)', async (_, ending, act) => {
  const before = lines(ending);
  await act();
  await relay.logs.until(() => lines(ending) > before, ending);
  const line = relay.logs.lines.filter(({ text }) => text.includes(`(${ending})`)).at(-1);
  expect(line?.level).toBe('warn');
  expect(JSON.parse(line?.raw ?? '')).toMatchObject({ ending, rule: 'E13', address: '127.0.0.1' });
  await relay.fenceLog();
  expect(lines(ending)).toBe(before + 1);
});

test('[E13] a reset in the middle of a request is a log line, and one between two requests is not', async () => {
  const before = lines('broken-off');
  const patient = await relay.rawConnect();
  patient.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
  await patient.head();
  patient.vanish();
  const hasty = await relay.rawConnect();
  hasty.write('GET /healthz HTTP/1.1\r\nHo');
  await relay.fenceLog();
  hasty.vanish();
  await relay.logs.until(() => lines('broken-off') > before, 'the hasty one');
  await relay.fenceLog();
  expect(lines('broken-off')).toBe(before + 1);
});

test('[E13] a connection that says nothing is not a log line: browsers open some in advance', async () => {
  const before = relay.logs.lines.length;
  const silent = await relay.rawConnect();
  await silent.rest();
  await relay.fenceLog();
  const said = relay.logs.lines.slice(before).filter(({ text }) => /broken-off|bad-request/.test(text));
  expect(said).toEqual([]);
});

const LEAVING: [string, (peer: RawPeer) => unknown][] = [
  ['says goodbye', (peer) => peer.write(clientFrame('', { opcode: opcode.close }))],
  ['ends its side', (peer) => peer.halfClose()],
  ['is gone', (peer) => peer.vanish()],
];
test.each(LEAVING)(
  '[E13] a peer that opens a WebSocket and %s before it logs in is a log line',
  async (_, leave) => {
    const before = lines('left-before-login');
    leave(await relay.rawUpgraded());
    await relay.logs.until(() => lines('left-before-login') > before, 'a line');
    const { level } = await relay.logs.ending('left-before-login');
    expect(level).toBe('log');
  },
);

test('[E13] a WebSocket request on another path than --path is a log line', async () => {
  const odd = await startOdd(['--path', '/relay']);
  let written = '';
  odd.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const lost = await RawPeer.connect(odd.port);
  lost.write(upgradeRequest('/other'));
  await lost.rest();
  await expect.poll(() => written, { timeout: 60_000 }).toContain('(wrong-path)');
});

test('[E13] an operator sees it with the default options', async () => {
  const odd = await startOdd([]);
  let written = '';
  odd.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
  (await RawPeer.upgraded(odd.port)).vanish();
  await expect.poll(() => written, { timeout: 60_000 }).toContain('left-before-login');
});

test('[E13] all of it is in the ledger, with the remedy', async () => {
  const crowd = new Behind(relay);
  for (const count of [1, 2, 3]) {
    const peer = await relay.rawConnect();
    peer.write(upgradeRequest('/', [`X-Forwarded-For: ${crowd.address}`]).replace(': 13', `: ${count}`));
    expect(await peer.head()).toMatch(/^HTTP\/1\.1 400 /);
  }
  await (await crowd.connect()).leave();
  const bearer = { Authorization: `Bearer ${TOKEN}` };
  const looks = await Looks.open(
    `${relay.url('').replace('ws', 'http')}/console/live?text=${crowd.address}`,
    bearer,
  );
  const rows = (await looks.next()).ledger ?? [];
  expect(rows.map(({ name }) => name)).toEqual(['left-before-login', 'bad-handshake']);
  expect(JSON.stringify(rows[1]?.reason)).toContain('3 times');
  for (const { advice } of rows) expect(advice).not.toBe('');
});

test('[E13] many of one address are summed up', async () => {
  const crowd = new Behind(relay);
  for (let count = 0; count < 20; count++) {
    const peer = await relay.rawConnect();
    peer.write(without('Sec-WebSocket-Key', upgradeRequest('/', [`X-Forwarded-For: ${crowd.address}`])));
    await peer.rest();
  }
  await relay.logs.until(
    ({ text }) => text.includes(crowd.address) && text.includes('15 times more'),
    'a sum',
  );
  expect(relay.logs.count(crowd.address, '(bad-handshake)')).toBe(6);
});

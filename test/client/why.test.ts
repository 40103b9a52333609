// What a player learns when the relay knows the reason, and when it cannot be asked.
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { ENDINGS, type Ending } from '../../src/relay/rooms/endings.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';

usePeers();

let server: Server;
let asked: string[] = [];

afterEach(async () => {
  asked = [];
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** A relay that refuses every peer, silently and perhaps late, and answers why as the test says. */
async function refusingRelay(answer: (response: ServerResponse) => void, lateMs = 0): Promise<string> {
  server = createServer(({ url }, response) => {
    asked.push(url ?? '');
    answer(response);
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) =>
    socket.once('message', () => setTimeout(() => socket.close(), lateMs)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/some/path`;
}

/** As the relay answers. */
function saying(ending: Ending, hint?: string): (response: ServerResponse) => void {
  const { phase, retry } = ENDINGS[ending];
  const answer = { ending, rule: 'L5', at: Date.now(), hint, refused: phase === 'login', retry };
  return (response) => response.end(JSON.stringify(answer));
}

test('the client has a sentence for guests for each reason that the relay gives, after one attempt', async () => {
  const url = await refusingRelay(
    saying('no-such-code', 'No game is running under SNEX. Did you mean SNEK?'),
  );
  const { statuses } = new TestPlayer({ url, code: 'snex', clientId: 'a b&c' });
  expect(await statuses.until('ended')).toEqual({
    code: 'no-such-code',
    text: 'No game is running under SNEX.',
    detail: 'No game is running under SNEX. Did you mean SNEK?',
    refused: true,
    retry: 'later',
  });
  expect(asked).toEqual(['/v1/why?server_code=SNEX&client_id=a+b%26c']);
});

test('a late refusal counts as a refusal, not as a lost party', async () => {
  const url = await refusingRelay(saying('no-such-code'), 600);
  const { statuses } = new TestPlayer({ url, code: 'snex' });
  expect(await statuses.until('joined')).toBeUndefined();
  expect(await statuses.until('ended')).toMatchObject({ code: 'no-such-code' });
  expect(asked).toHaveLength(1);
});

test.each([
  ['bad-login', 'The connection was closed.'],
  ['not-authorized', 'This device may not join SNEK.'],
] as const)('a player gives up on %s, which will not change', async (ending, text) => {
  const { statuses } = new TestPlayer({ url: await refusingRelay(saying(ending)), code: 'SNEK' });
  expect(await statuses.until('ended')).toEqual({
    code: ending,
    text,
    refused: true,
    retry: 'never',
  });
  expect(asked).toHaveLength(1);
});

test('a player tries again for a reason that may pass', async () => {
  let answers = 0;
  const url = await refusingRelay((response) => {
    saying(++answers < 4 ? 'internal-error' : 'not-authorized')(response);
  });
  const { statuses } = new TestPlayer({ url, code: 'SNEK' });
  expect((await statuses.until('waiting'))?.code).toBe('internal-error');
  expect((await statuses.until('ended'))?.code).toBe('not-authorized');
  expect(asked).toHaveLength(4);
});

const useless: [string, (response: ServerResponse) => void][] = [
  ['404', (response) => response.writeHead(404).end('Not Found')],
  ['no JSON', (response) => response.end('<html>')],
  ['another JSON', (response) => response.end('null')],
  ['nothing at all', (response) => response.destroy()],
];
test.each(useless)('a relay that answers %s is still believed after three refusals', async (_, answer) => {
  const { statuses } = new TestPlayer({ url: await refusingRelay(answer), code: 'SNEK' });
  expect(await statuses.until('ended')).toMatchObject({
    code: 'closed',
    text: 'The connection was closed. Probably no game is running under SNEK.',
  });
  expect(asked).toHaveLength(3);
});

test('a host that learns that its code is taken proposes another one', async () => {
  const url = await refusingRelay(saying('code-taken', 'Another game runs under SNEK.'));
  const host = new TestHost({ url, preferredCode: 'SNEK' });
  await host.statuses.until('waiting');
  const codes = asked.map((path) => new URL(path, 'http://x').searchParams.get('server_code'));
  expect(codes[0]).toBe('SNEK');
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.length).toBeGreaterThan(3);
});

test('the client asks again if the relay does not say whether to retry', async () => {
  let answers = 0;
  const url = await refusingRelay((response) => {
    if (++answers < 3) response.end(JSON.stringify({ ending: 'new-ending', rule: 'L5', at: Date.now() }));
    else saying('not-authorized')(response);
  });
  const { statuses } = new TestPlayer({ url, code: 'SNEK' });
  expect((await statuses.until('ended'))?.code).toBe('not-authorized');
  expect(asked).toHaveLength(3);
});

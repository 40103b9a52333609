// Rules L1 and L15, on the wire: what the relay answers to an upgrade request, header by header.
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { within } from '../harness/deadline.js';
import { clientFrame, opcode } from '../harness/frames.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { upgradeRequest } from '../harness/raw-peer.js';
import { loginPlayer, useRelay } from '../harness/relay.js';

const relay = useRelay();

/** The answer to the key that the harness sends, by RFC 6455, 1.3. */
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

const PLAIN = [
  'HTTP/1.1 101 Switching Protocols',
  'connection: Upgrade',
  `sec-websocket-accept: ${ACCEPT}`,
  'upgrade: websocket',
];

/** Status line, then the headers in the order of their names, which are written in small letters. */
async function answerTo(request: string): Promise<string[]> {
  const peer = await relay.rawConnect();
  peer.write(request);
  const [status = '', ...headers] = (await peer.head()).split('\r\n');
  return [status, ...headers.map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())).sort()];
}

test('[L15] the response has no header that the protocol does not need', async () => {
  expect(await answerTo(upgradeRequest('/ws'))).toEqual(PLAIN);
});

const offers: [string, string[]][] = [
  ['compression, as Chromium does', ['Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits']],
  [
    'compression with many parameters',
    ['Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover, x-webkit-deflate-frame'],
  ],
  ['an unknown extension', ['Sec-WebSocket-Extensions: foo; bar=1']],
];
test.each(offers)('[L15] an offer of %s is not an error, and nothing is selected', async (_, headers) => {
  expect(await answerTo(upgradeRequest('/', headers))).toEqual(PLAIN);
});

const subprotocols: [string, string[]][] = [
  ['carparty', ['Sec-WebSocket-Protocol: carparty']],
  ['binary', ['Sec-WebSocket-Protocol: binary, base64, json']],
  ['v1.game', ['Sec-WebSocket-Protocol: v1.game', 'Sec-WebSocket-Protocol: v2.game']],
];
test.each(subprotocols)(
  '[L15] the relay selects the first subprotocol that is offered: %s',
  async (first, headers) => {
    const selected = [...PLAIN, `sec-websocket-protocol: ${first}`].sort();
    expect((await answerTo(upgradeRequest('/', headers))).sort()).toEqual(selected);
  },
);

test('[L15] a client that hangs up unless its subprotocol is selected can play', async () => {
  const host = await relay.host();
  // ws does as Chromium, Godot 3 and most libraries do.
  const player = new WebSocket(relay.url(), ['carparty', 'json']);
  await within(once(player, 'open'), 'a client that offers subprotocols to connect');
  player.send(loginPlayer(host.code, '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  player.close();
  expect(await host.next()).toBe(disconnectNotice('467'));
});

test('[L15] a browser on another site, with cookies, gets the same plain response', async () => {
  const headers = [
    'Origin: https://elsewhere.example',
    `Cookie: session=${'x'.repeat(3_000)}`,
    'Pragma: no-cache',
    'Cache-Control: no-cache',
    'Accept-Encoding: gzip, deflate, br, zstd',
    'User-Agent: Mozilla/5.0',
  ];
  expect(await answerTo(upgradeRequest('/ws', headers))).toEqual(PLAIN);
});

test('[L1] the upgrade request may use any lawful spelling', async () => {
  const request = upgradeRequest('/a/b?x=1')
    .replace('Connection: Upgrade', 'connection: keep-alive, Upgrade')
    .replace('Upgrade: websocket', 'UPGRADE: WebSocket');
  expect(await answerTo(request)).toEqual(PLAIN);
});

test('[L15] a client that insists on compression is served without it', async () => {
  const host = await relay.host();
  const player = await relay.connect('/ws', { perMessageDeflate: true });
  player.send(loginPlayer(host.code, '467'));
  expect(await host.next()).toBe(connectNotice('467'));
  const long = JSON.stringify({ a: 'x'.repeat(5_000) });
  player.send(long);
  expect(await host.next()).toBe(`${long.slice(0, -1)},"client_id":"467"}`);
  host.send(long);
  expect(await player.next()).toBe(long);
});

test("[L15] the relay's frames are unmasked, whole, and without reserved bits", async () => {
  const host = await relay.host();
  const player = await relay.rawUpgraded(loginPlayer(host.code, '467'));
  await host.next();
  for (const size of [0, 1, 125, 126, 65_535, 65_536, 300_000]) {
    host.send('x'.repeat(size));
    const { payload, ...head } = await player.frame();
    expect(head).toEqual({ fin: true, rsv: 0, opcode: opcode.text });
    expect(payload.equals(Buffer.alloc(size, 'x'))).toBe(true);
  }
  player.write(clientFrame('', { opcode: opcode.close }));
  expect(await player.frame()).toEqual({ fin: true, rsv: 0, opcode: opcode.close, payload: Buffer.alloc(0) });
});

// Rule C12: a proxy has the relay below a path that it takes off, and the pages find the relay all the same.
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BuiltRelay } from '../../client/relays.js';
import { BigScreen } from './big-screen.js';
import { useDevices } from './browser.js';
import { Phone } from './phone.js';

const BASE = '/games/relay';

const TOKEN = 'a-token-of-the-operator';
const relay = new BuiltRelay(['--operator-token', TOKEN]);
const devices = useDevices();
let proxy: Server;
let origin = '';

/** As `location /games/relay/ { proxy_pass http://relay/; }` of nginx does it. */
function passedOn({ url = '', method, headers }: IncomingMessage): ReturnType<typeof forward> {
  return forward(new URL(url.slice(BASE.length), relay.origin), { method: method ?? 'GET', headers });
}

beforeAll(async () => {
  await relay.start();
  proxy = createServer((request, response) => {
    if (request.url?.startsWith(`${BASE}/`) !== true) return void response.writeHead(404).end();
    passedOn(request)
      .on('response', (answer) => {
        answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers));
      })
      .end();
  });
  proxy.on('upgrade', (request: IncomingMessage, near) => {
    if (request.url?.startsWith(`${BASE}/`) !== true) return void near.destroy();
    passedOn(request)
      .on('upgrade', ({ rawHeaders }, far) => {
        const lines = rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\r\n`));
        near.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
        near.pipe(far).pipe(near);
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const)
          one.on('error', () => other.destroy());
      })
      .end();
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${BASE}`;
});

afterAll(async () => {
  proxy.close().closeAllConnections();
  await relay.stop();
});

test('[C12] a party works below the base path of a proxy', async () => {
  const screen = await BigScreen.open(devices, origin);
  const phone = await Phone.scan(devices, origin, `/party/${await screen.code()}`);
  await phone.drive('Mia', 6);
  expect((await screen.badge('Mia')).text).toMatch(/ms$/);
});

test('[C12] the console updates live below the base path of a proxy', async () => {
  const live = await fetch(`${origin}/console/live`, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(live.status).toBe(200);
  // A compression middleware would gather what is transformed.
  expect(live.headers.get('cache-control')).toBe('no-store, no-transform');
  await live.body?.cancel();
});

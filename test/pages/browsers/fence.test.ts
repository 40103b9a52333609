// What a pong proves in a browser: the page hears every message that came before the ping, though the relay resets the
// connection at the pong. The memory of streams (R17) is small because of that, and right without it.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { reset } from '../../../src/relay/gateway/connection/reset.js';
import { ENGINES } from './browsers.js';
import { Device, PHONE } from './device.js';
import type { Driver } from './driver.js';

/** How many messages of how many bytes, and for how many milliseconds the page's script is busy meanwhile. */
const ROWS: readonly [count: number, bytes: number, busyMs: number][] = [
  [2_000, 60, 0],
  [500, 60, 1_000],
  [20, 10_000, 1_000],
  [2_000, 100, 1_000],
  [400, 10_000, 1_000],
];

/** The page counts what it hears until its connection is closed. */
const COUNT = `new Promise((done) => {
  let heard = 0;
  const socket = new WebSocket(location.href.replace('http', 'ws'));
  socket.onopen = () => {
    socket.send('');
    const until = performance.now() + BUSY;
    setTimeout(() => { while (performance.now() < until); }, 20);
  };
  socket.onmessage = () => heard++;
  socket.onclose = ({ code }) => done({ heard, code });
})`;

let server: Server;
let sockets: WebSocketServer;
beforeAll(async () => {
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>fence</title><body>');
  });
  sockets = new WebSocketServer({ server });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => void server.close().closeAllConnections());

/** Says all of it to the next page that speaks, then a ping, and resets the connection at its pong. */
function fence(count: number, bytes: number): void {
  sockets.once('connection', (socket: WebSocket, { socket: wire }) => {
    socket.on('error', () => undefined);
    socket.once('message', () => {
      setTimeout(() => {
        for (let sent = 0; sent < count; sent++) socket.send('x'.repeat(bytes));
        socket.ping();
        socket.once('pong', () => reset(wire));
      }, 200);
    });
  });
}

describe.each(ENGINES)('%s', (_, start) => {
  let driver: Driver;
  let device: Device;
  beforeAll(async () => void (driver = await start()));
  afterAll(() => driver.close());
  beforeEach(async () => {
    device = await Device.open(driver, PHONE, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });
  afterEach(() => device.close());

  test.each(ROWS)(
    '%i messages of %i bytes, while the script is busy for %i ms',
    async (count, bytes, busyMs) => {
      fence(count, bytes);
      const { heard, code } = await device.read<{ heard: number; code: number }>(
        COUNT.replace('BUSY', String(busyMs)),
      );
      expect({ heard, code }).toEqual({ heard: count, code: 1006 });
    },
  );
});

// What Node still reads of a connection from which no more is wanted: this holds on it as it is.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { hearNoMore, ShortRequest } from '../../../src/http/short-request.js';
import { HttpPeer, request } from '../../harness/http-peer.js';

async function serve(listener: NonNullable<Parameters<typeof createServer>[1]>): Promise<[Server, HttpPeer]> {
  const server = createServer({ IncomingMessage: ShortRequest, requireHostHeader: false }, listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const peer = await HttpPeer.connect((server.address() as AddressInfo).port);
  onTestFinished(() => {
    peer.dispose();
    server.close().closeAllConnections();
  });
  return [server, peer];
}

test('[A31] the relay does not read even what came in one piece with the last request', async () => {
  let seen = 0;
  const [server, peer] = await serve((asked, response) => {
    if (++seen === 3) hearNoMore(asked.socket);
    response.end('x');
  });
  server.on('upgrade', () => (seen += 100));
  peer.write(request('/').repeat(1_000));
  await peer.rest();
  expect(seen).toBe(3);
});

test('[A31] the last answer still arrives if nothing follows its request', async () => {
  const [, peer] = await serve((asked, response) => {
    hearNoMore(asked.socket);
    response.writeHead(429, { Connection: 'close' }).end();
  });
  expect(await peer.ask(request('/'))).toBe(429);
  await peer.rest();
});

test('[L1] an upgrade request counts as one while its connection is open for more', async () => {
  const [server, peer] = await serve((_, response) => response.end('x'));
  const upgraded = once(server, 'upgrade');
  expect(await peer.ask(request('/'))).toBe(200);
  peer.write(request('/', ['Connection: Upgrade', 'Upgrade: websocket']));
  await upgraded;
});

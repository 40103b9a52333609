// Rule C20: assumptions about the HTTP server of a backend are looked at when it listens, and each that fails is a line.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { afterEach, expect, test, vi } from 'vitest';
import { RelayModule } from '../../src/index.js';
import { watchServer } from '../../src/relay/gateway/upgrade/server-warnings.js';
import { startBackend } from './backend.js';

const ALONE = { relayPath: undefined, gateways: [], hasOthers: false };

const servers: Server[] = [];
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

/** What is said of a server from now on. */
function watched(): { server: Server; said: () => unknown[] } {
  const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  const server = createServer();
  servers.push(server);
  watchServer(server, () => ALONE);
  return { server, said: () => warn.mock.calls.map(([line]) => line as unknown) };
}

test('[C20] for a server that never listens the log says what to call', () => {
  vi.useFakeTimers();
  const { said } = watched();
  vi.advanceTimersByTime(9_900);
  expect(said()).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(said()).toEqual([expect.stringMatching(/does not listen after 10 s.*app\.listen\(\)/)]);
});

test('[C20] a server that listens on a port causes no warning', async () => {
  const { server, said } = watched();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  expect(said()).toEqual([]);
});

test('[C20] for a server on a Unix socket the log says which limits do not apply', async () => {
  const { server, said } = watched();
  await once(server.listen(join(mkdtempSync(join(tmpdir(), 'relay-')), 'http.sock')), 'listening');
  expect(said()).toEqual([expect.stringMatching(/Unix socket.*no limit per address.*trustProxy/)]);
});

@WebSocketGateway({ path: '/relay' })
class Namesake {}

test('[C20] for a gateway of the backend on the path of the relay the log names it', async () => {
  const { logs } = await startBackend({
    imports: [RelayModule.forRoot({ path: '/relay' })],
    providers: [Namesake],
  });
  expect(logs.count('has the path of the relay, /relay')).toBe(1);
});

test.each([
  ['every path, and others listen for WebSockets', '*', 1],
  ['a separate path, and others listen for WebSockets', '/relay', 0],
])('[C20] a relay on %s', async (_, path, lines) => {
  const { logs } = await startBackend(
    { imports: [RelayModule.forRoot({ path })] },
    { prepare: (app) => (app.getHttpServer() as Server).on('upgrade', () => undefined) },
  );
  expect(logs.count('hear of none')).toBe(lines);
});

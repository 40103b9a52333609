// Whether an HTTP connection is busy with an answer, which only Node's private parts tell.
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { unfinishedAnswer } from '../../../../../src/relay/gateway/node-internals/unfinished-answer.js';

test('a connection is busy with its answer until that has left', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const asked = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, (answer) => answer.resume());
  const [{ socket }, response] = await asked;
  expect(unfinishedAnswer(socket)).toBe(response);
  response.end('done');
  await once(response, 'close');
  expect(unfinishedAnswer(socket)).toBeUndefined();
  server.close().closeAllConnections();
});

// A viewer whose browser stands still, on a real connection.
import { once } from 'node:events';
import { createServer, get, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Viewer } from '../../../../src/operator/console/viewer.js';
import { within } from '../../../harness/deadline.js';

const LOOK = JSON.stringify({ remarks: ['x'.repeat(100_000)] });

test('[O22] a viewer that does not keep up is cut off, and its backlog is bounded', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = get({ port, host: '127.0.0.1' });
  request.on('response', (response) => response.pause().on('error', () => undefined));
  request.on('error', () => undefined);
  const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
  const viewer = new Viewer({ serverCode: undefined, text: '', kind: '', since: 0 }, response);
  const gone = new Promise<void>((resolve) => viewer.onGone(resolve));
  // The system takes some megabytes, and then nothing.
  for (let n = 0; n < 1_000 && !response.destroyed; n++) {
    viewer.show(LOOK);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await within(gone, 'the viewer to be cut off');
  expect(response.destroyed).toBe(true);
});

// How connections are cut off: always at once, and so that everybody knows.
import { once } from 'node:events';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { reset } from '../../../../../src/relay/gateway/connection/reset.js';
import { within } from '../../../../harness/deadline.js';

/** Both ends of a TCP connection; the far one stays half open when the near one ends. */
async function pair(): Promise<{ near: Socket; far: Socket; close: () => void }> {
  const server = createServer({ allowHalfOpen: true });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const accepted = once(server, 'connection');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [[far]] = (await Promise.all([accepted, once(near, 'connect')])) as [[Socket], unknown];
  near.on('error', () => undefined);
  far.on('error', () => undefined);
  const close = (): void => {
    far.destroy();
    server.close();
  };
  return { near, far, close };
}

test('[E5] a connection that is cut is reset, and both sides learn of its end', async () => {
  const { near, far, close } = await pair();
  const failed = once(far, 'error');
  const closed = once(near, 'close');
  reset(near);
  await within(closed, 'its end here');
  expect(await within(failed, 'its end there')).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  close();
});

test('[E5] both sides also learn of the end of a connection that is cut while it shuts down', async () => {
  const { near, close } = await pair();
  const closed = once(near, 'close');
  near.end();
  reset(near);
  await within(closed, 'its end');
  close();
});

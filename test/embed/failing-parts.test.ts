// Rules C6 and E9: nothing around the relay, and nothing at its edges, takes more down than one connection.
import type { Server, Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { RelayModule } from '../../src/index.js';
import { SessionEvents } from '../../src/relay/session/session-events.js';
import { SessionService } from '../../src/relay/session/session.service.js';
import { silently } from '../harness/connection.js';
import { loginHost, type Host, type Player } from '../harness/relay.js';
import { startBackend, type Backend } from './backend.js';

type Party = Backend & { host: Host; player: Player };

async function startParty(): Promise<Party> {
  const backend = await startBackend({ imports: [RelayModule.forRoot()] });
  const host = await backend.peers.host();
  return { ...backend, host, player: await backend.peers.player(host, 'friend') };
}

test('[E9] an error while a session opens ends that connection', async () => {
  const { app, peers, host, player } = await startParty();
  const sessions = app.get(SessionService, { strict: false });
  vi.spyOn(sessions, 'open').mockImplementationOnce(() => {
    throw new Error('a bug in the relay');
  });
  const unlucky = await peers.saying(loginHost('SNEK'));
  await unlucky.closed();
  await peers.expectParty(host, player);
  await peers.host('SNEK');
});

const moments: ['loggedIn' | 'refused' | 'ended'][] = [['loggedIn'], ['refused'], ['ended']];
test.each(moments)('[E9] an observer that fails on %s changes nothing', async (moment) => {
  const { app, peers, host, player } = await startParty();
  app.get(SessionEvents, { strict: false }).listen({
    [moment]: () => {
      throw new Error('a bug in an observer');
    },
  });
  const second = await peers.host();
  const guest = await peers.player(second, 'guest');
  const refused = await peers.saying(loginHost(second.code));
  expect(await refused.closed()).toEqual(silently);
  await second.leave();
  expect(await guest.closed()).toEqual(silently);
  await peers.expectParty(host, player);
  await peers.host(second.code);
});

test('[E9] a logger of the backend that fails changes nothing', async () => {
  const { app, peers, host, player } = await startParty();
  const fail = (): never => {
    throw new Error('the disk is full');
  };
  app.useLogger({ log: fail, warn: fail, error: fail, debug: fail });
  const second = await peers.host();
  const guest = await peers.player(second, 'guest');
  const refused = await peers.saying(loginHost(second.code));
  expect(await refused.closed()).toEqual(silently);
  guest.send('no JSON');
  expect(await guest.closed()).toEqual(silently);
  await second.leave();
  await peers.expectParty(host, player);
  app.useLogger(false);
});

test('[C6] a backend may count the bytes of its connections', async () => {
  let bytes = 0;
  const count = (socket: Socket): unknown => socket.on('data', (chunk) => (bytes += chunk.length));
  const { peers } = await startBackend(
    { imports: [RelayModule.forRoot()] },
    { prepare: (app) => (app.getHttpServer() as Server).on('connection', count) },
  );
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
  const before = bytes;
  host.send('x'.repeat(10_000));
  await peers.expectParty(host, await peers.player(host, '468'));
  expect(bytes - before).toBeGreaterThan(10_000);
});

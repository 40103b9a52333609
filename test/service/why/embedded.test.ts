// Asking why in another team's backend, through the client of this package, and where it was left out.
import { RequestMethod, VersioningType } from '@nestjs/common';
import { describe, expect, test } from 'vitest';
import { AppModule } from '../../../src/program/app.module.js';
import { RelayModule } from '../../../src/index.js';
import { Wrapper } from '../../embed/locked-backend.js';
import { WhyModule } from '../../../src/operator/why/why.module.js';
import { TestHost, TestPlayer } from '../../client/peers.js';
import { optionsFrom } from '../../unit/config/typed.js';
import { startBackend } from '../../embed/backend.js';
import { startAskable } from './asking.js';

const WHY = { path: 'v1/why', method: RequestMethod.GET };

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[O1] the client shows the reason of the relay, after one attempt', async () => {
    const { origin } = await startAskable(platform);
    const { statuses } = new TestPlayer({ url: origin, code: 'NONE' });
    expect(await statuses.until('ended')).toEqual({
      code: 'no-such-code',
      text: 'No game is running under NONE.',
      refused: true,
      retry: 'later',
    });
  });

  test('[C6] the prefix, versions and interceptors of a backend do not change the answers', async () => {
    const askers = await startAskable({
      ...platform,
      prepare: (app) =>
        app
          .useGlobalInterceptors(new Wrapper())
          .setGlobalPrefix('api', { exclude: [WHY] })
          .enableVersioning({ type: VersioningType.URI, defaultVersion: '2' }),
    });
    const { status, body } = await askers.ask('198.51.100.1', { server_code: 'SNEK' });
    const now = expect.any(String) as string;
    expect({ status, body }).toEqual({ status: 404, body: { ending: null, now, connected: [] } });
  });
});

test('[O1] a game whose own code is taken learns it, and says so', async () => {
  const { origin } = await startAskable();
  const { host: first } = await TestHost.open({ url: origin, code: 'SNEK' });
  const { statuses } = new TestHost({ url: origin, code: 'SNEK' });
  expect(await statuses.until('ended')).toMatchObject({ code: 'code-taken' });
  first.close();
});

test.each([0, -1, 1.5, NaN, 1e6])('[C3] a ledger of %d entries stops the start', async (ledgerSize) => {
  const imports = [RelayModule.forRoot({ ledgerSize }), WhyModule];
  await expect(startBackend({ imports })).rejects.toThrow('ledgerSize must be an integer from 1 to 100000');
});

test('[O6] the program answers the question why, unless --without why turns it off', async () => {
  for (const [args, status] of [[[], 400] as const, [['--without', 'why'], 404] as const]) {
    const app = AppModule.with(await optionsFrom({ args: [...args] }));
    const { port } = await startBackend({ imports: [app] });
    expect((await fetch(`http://127.0.0.1:${port}/v1/why`)).status).toBe(status);
  }
});

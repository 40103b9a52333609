// The party page in another team's backend, on either platform, below a prefix.
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { RelayModule, RelayWsAdapter } from '../../../src/index.js';
import { Wrapper } from '../../embed/locked-backend.js';
import { PartyPageModule } from '../../../src/party-page/party-page.module.js';
import { TestHost } from '../../client/peers.js';
import { fixForFile } from '../../harness/fixed.js';

@Module({
  imports: [
    RelayModule.forRoot({
      path: '/relay',
      ...{ trustProxy: ['loopback'], failedLoginsPerMinute: 1, newHostsPerMinute: 0 },
    }),
    PartyPageModule.forRoot({ controllerUrl: 'https://game.example/{code}' }),
  ],
})
class Backend {}

fixForFile({ guessBurstMinutes: 3 });

let app: INestApplication;
afterEach(() => app.close());

async function start(platform: ExpressAdapter | FastifyAdapter): Promise<string> {
  app = await NestFactory.create(Backend, platform, { logger: false, forceCloseConnections: true });
  app.useWebSocketAdapter(new RelayWsAdapter(app));
  app.useGlobalInterceptors(new Wrapper());
  app.setGlobalPrefix('api');
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return `http://127.0.0.1:${port}`;
}

const platforms: [string, () => ExpressAdapter | FastifyAdapter][] = [
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
];
describe.each(platforms)('on %s', (_, platform) => {
  test('[O25] the root of a backend stays its own', async () => {
    const origin = await start(platform());
    for (const path of ['', '/api']) expect((await fetch(`${origin}${path}/`)).status).toBe(404);
  });

  test('pages, files and addresses work below the prefix, and use the path of the relay', async () => {
    const origin = await start(platform());
    const page = await fetch(`${origin}/api/party/SNEK`);
    const text = await page.text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('<meta name="carparty:path" content="/relay" />');
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(text) ?? [];
    expect((await fetch(new URL(script, page.url))).status).toBe(200);
    expect((await fetch(`${origin}/api/client.js`)).headers.get('content-type')).toContain('text/javascript');
    expect(await (await fetch(`${origin}/api/j/NONE/open`)).json()).toEqual({ open: false });
  });

  test('/j/SNEK finds the rooms of the relay in the same backend', async () => {
    const origin = await start(platform());
    const { host } = await TestHost.open({ url: `${origin}/relay` });
    const answer = await fetch(`${origin}/api/j/${host.code}`, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(`https://game.example/${host.code}`);
  });

  test('[A17] an address that asks for too many codes must wait, and no other address does', async () => {
    const origin = await start(platform());
    const ask = (address: string, code: string, tail = ''): Promise<Response> =>
      fetch(`${origin}/api/j/${code}${tail}`, { headers: { 'X-Forwarded-For': address } });
    for (const code of ['A', 'B', 'C', 'A']) expect((await ask('198.51.100.1', code)).status).toBe(200);
    for (const [tail, type] of [
      ['', 'text/html; charset=utf-8'],
      ['/open', 'application/json; charset=utf-8'],
    ] as const) {
      const { status, headers } = await ask('198.51.100.1', 'D', tail);
      expect([status, headers.get('content-type')]).toEqual([429, type]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await ask('198.51.100.2', 'D', tail)).status).toBe(200);
    }
  });
});

test('a controller URL that can never work stops the start', async () => {
  @Module({
    imports: [RelayModule.forRoot({}), PartyPageModule.forRoot({ controllerUrl: 'https://game.example/' })],
  })
  class Wrong {}
  app = await NestFactory.create(Wrong, { logger: false });
  app.useWebSocketAdapter(new RelayWsAdapter(app));
  await expect(app.init()).rejects.toThrow('must be an http or https URL with {code} in it');
});

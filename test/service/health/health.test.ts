// Whether the relay is alive and ready, as a balancer asks, of the program and within a backend.
import { Controller, Get } from '@nestjs/common';
import { HealthCheckService, TerminusModule, type HealthCheckResult } from '@nestjs/terminus';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { HealthModule, RelayHealthIndicator, RelayModule, RelayMonitor } from '../../../src/index.js';
import { Wrapper } from '../../embed/locked-backend.js';
import { startBackend, type Backend, type Setup } from '../../embed/backend.js';
import { useRelay } from '../../harness/relay.js';

type Probed = Backend & { agent: ReturnType<typeof supertest>; monitor: RelayMonitor };

async function startProbed(setup: Setup = {}): Promise<Probed> {
  const backend = await startBackend({ imports: [RelayModule.forRoot(), HealthModule] }, setup);
  const monitor = backend.app.get(RelayMonitor, { strict: false });
  return { ...backend, agent: supertest(`http://127.0.0.1:${backend.port}`), monitor };
}

async function answer(agent: Probed['agent'], path: string, status: number): Promise<unknown> {
  return (await agent.get(path).expect(status)).body as unknown;
}

const READY = { status: 'ok', info: { relay: { status: 'up' } } };

const relay = useRelay();
test('[O13] the program reports that it is alive and ready, without a token', async () => {
  const agent = supertest(relay.url().replace('ws', 'http'));
  const { headers } = await agent.get('healthz').expect(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(await answer(agent, 'readyz', 200)).toMatchObject(READY);
});

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[O13] a relay that drains is alive and not ready, and says why', async () => {
    const { agent, monitor, logs } = await startProbed(platform);
    monitor.drain();
    await agent.get('/healthz').expect(200);
    const body = await answer(agent, '/readyz', 503);
    const down = { relay: { status: 'down', obstacles: ['draining'] } };
    expect(body).toMatchObject({ status: 'error', error: down });
    monitor.drain(false);
    expect(await answer(agent, '/readyz', 200)).toMatchObject(READY);
    expect(logs.count('failed')).toBe(0);
  });

  test('[O13] a relay without its backbone is not ready until it is back', async () => {
    const { agent, monitor } = await startProbed(platform);
    monitor.readiness.set('no-backbone', true);
    monitor.drain();
    const body = await answer(agent, '/readyz', 503);
    expect(body).toMatchObject({ error: { relay: { obstacles: ['no-backbone', 'draining'] } } });
    monitor.drain(false);
    await agent.get('/readyz').expect(503);
    monitor.readiness.set('no-backbone', false);
    await agent.get('/readyz').expect(200);
  });

  test('[C6] the prefix and interceptors of a backend do not change the answers', async () => {
    const prepare: Setup['prepare'] = (app) =>
      app.useGlobalInterceptors(new Wrapper()).setGlobalPrefix('api', { exclude: ['healthz'] });
    const { agent } = await startProbed({ ...platform, prepare });
    await agent.get('/healthz').expect(200);
    expect(await answer(agent, '/api/readyz', 200)).toMatchObject(READY);
  });
});

test('[O13] a backend with its own health page adds the relay to it', async () => {
  @Controller('health')
  class OwnPage {
    constructor(
      private readonly health: HealthCheckService,
      private readonly relay: RelayHealthIndicator,
    ) {}

    @Get()
    look(): Promise<HealthCheckResult> {
      return this.health.check([() => this.relay.isReady('party')]);
    }
  }
  const { port } = await startBackend({
    imports: [RelayModule.forRoot(), TerminusModule],
    controllers: [OwnPage],
    providers: [RelayHealthIndicator],
  });
  const agent = supertest(`http://127.0.0.1:${port}`);
  expect(await answer(agent, '/health', 200)).toMatchObject({ info: { party: { status: 'up' } } });
  await agent.get('/readyz').expect(404);
});

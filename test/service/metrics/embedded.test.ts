// Metrics in another team's backend, with its own prefix, guards and interceptors.
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { HealthModule, MetricsModule, RelayModule, WhyModule } from '../../../src/index.js';
import { startBackend } from '../../embed/backend.js';
import { KEY, LOCK, wrapAll } from '../../embed/locked-backend.js';
import { Exposed } from './exposed.js';

const TOKEN = 'correct-horse-battery';

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[C6] behind a prefix and the guard of a backend, metrics need both the token and the guard', async () => {
    const { port, peers } = await startBackend(
      {
        imports: [RelayModule.forRoot({ operatorToken: TOKEN }), MetricsModule, HealthModule, WhyModule],
        providers: [LOCK],
      },
      {
        ...platform,
        prepare: wrapAll,
      },
    );
    const agent = supertest(`http://127.0.0.1:${port}`);
    await peers.player(await peers.host(), '467');
    const path = `/api/metrics?token=${TOKEN}`;
    await agent.get(path).expect(403);
    await agent.get('/api/metrics').set(KEY).expect(401);
    const { text } = await agent.get(path).set(KEY).expect(200);
    expect(new Exposed(text).value('carparty_rooms')).toBe(1);
    await agent.get('/api/readyz').set(KEY).expect(200);
  });
});

test('[C6] a backend that does not import the operators’ modules has none of their pages', async () => {
  const { port, peers } = await startBackend({ imports: [RelayModule.forRoot({ operatorToken: TOKEN })] });
  const agent = supertest(`http://127.0.0.1:${port}`);
  for (const path of ['metrics', 'console', 'healthz', 'readyz', 'v1/why']) {
    await agent.get(`/${path}?token=${TOKEN}`).expect(404);
  }
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
});

test('[C8] two relays in one process have separate metrics', async () => {
  const relays = [];
  for (const hosts of [1, 2]) {
    const imports = [RelayModule.forRoot({ operatorToken: TOKEN }), MetricsModule];
    const backend = await startBackend({ imports });
    for (let n = 0; n < hosts; n++) await backend.peers.host();
    relays.push(backend);
  }
  const rooms = relays.map(async ({ port }) => {
    const answer = await supertest(`http://127.0.0.1:${port}`).get(`/metrics?token=${TOKEN}`).expect(200);
    return new Exposed(answer.text).value('carparty_rooms');
  });
  expect(await Promise.all(rooms)).toEqual([1, 2]);
});

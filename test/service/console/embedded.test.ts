// The console in another team's backend, with its own prefix, guards and interceptors.
import supertest from 'supertest';
import { describe, expect, test, vi } from 'vitest';
import { Authorizer, ConsoleModule, type Grant, RelayModule, RelayMonitor } from '../../../src/index.js';
import { startBackend } from '../../embed/backend.js';
import { KEY, LOCK, wrapAll } from '../../embed/locked-backend.js';
import { Looks } from '../../harness/event-stream.js';

const TOKEN = 'correct-horse-battery';
const BOTH = { ...KEY, Authorization: `Bearer ${TOKEN}` };

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[C6] behind a prefix and the guard of a backend the console works, and closes with the backend', async () => {
    const { port, peers, app } = await startBackend(
      {
        imports: [RelayModule.forRoot({ operatorToken: TOKEN }), ConsoleModule],
        providers: [LOCK],
      },
      { ...platform, prepare: wrapAll },
    );
    const origin = `http://127.0.0.1:${port}`;
    const agent = supertest(origin);
    const host = await peers.host();
    await agent.get('/api/console').set({ Authorization: BOTH.Authorization }).expect(403);
    await agent.get('/api/console').set(KEY).expect(401);
    const { text } = await agent.get('/api/console').set(BOTH).expect(200);
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(text) ?? [];
    const { pathname } = new URL(script, `${origin}/api/console`);
    expect((await agent.get(pathname).set(BOTH).expect(200)).headers['content-type']).toContain('javascript');
    const looks = await Looks.open(`${origin}/api/console/live`, BOTH);
    expect((await looks.next()).rooms.map(({ serverCode }) => serverCode)).toEqual([host.code]);
    await agent.post(`/api/console/close-room?server_code=${host.code}`).set(BOTH).expect(200, { count: 1 });
    await host.closed();
    await app.close();
    await expect(looks.next().then(() => looks.next())).rejects.toThrow('the stream has ended');
  });
});

test('[E9] an error in the console is logged, and ends no party', async () => {
  const imports = [RelayModule.forRoot({ operatorToken: TOKEN }), ConsoleModule];
  const { app, logs, peers } = await startBackend({ imports });
  const host = await peers.host();
  const player = await peers.player(host, '467');
  vi.spyOn(app.get(RelayMonitor, { strict: false }), 'roomSizes').mockImplementation(() => {
    throw new Error('a mistake');
  });
  await logs.until(({ text }) => text === 'The console could not gather its data', 'the mistake');
  await peers.expectParty(host, player);
});

class Owners extends Authorizer {
  override authorizeHost(): Grant {
    return { context: { owner: 'ann', games: [], note: 'x'.repeat(1_000_000) } };
  }

  override authorizePlayer(): Grant {
    return { context: '<b>guest</b>' };
  }
}

test('[L16] the console shows the context that the authorizer gave a host and a player, cut short', async () => {
  const { port, peers } = await startBackend({
    imports: [RelayModule.forRoot({ operatorToken: TOKEN, authorizer: Owners }), ConsoleModule],
  });
  const host = await peers.host('SNEK');
  await peers.player(host, '467');
  const looks = await Looks.open(`http://127.0.0.1:${port}/console/live?server_code=SNEK`, BOTH);
  const contexts = (await looks.next()).room?.members.map(({ context }) => context);
  expect(contexts?.[0]).toMatch(/^\{ owner: 'ann'/);
  expect([contexts?.[0]?.length, contexts?.[1]]).toEqual([100, '<b>guest</b>']);
});

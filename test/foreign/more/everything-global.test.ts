// A host that has made everything global that can be: guards, pipe, filter, interceptor, prefix, versions, and more.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ForeignHost, type Listening } from '../foreign-host.js';

let listening: Listening;
const ask = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${listening.port}${path}`);

beforeAll(async () => {
  const host = await ForeignHost.make('everything-global');
  await host.run('npm', 'run', '--silent', 'build');
  listening = await host.start();
});
afterAll(() => listening.command.signal('SIGKILL'));

test('[C10] a host that has everything global starts with the relay in it, and keeps what is its own', async () => {
  expect((await ask('/api/v1/cats')).status).toBe(401);
  expect(await (await ask('/api/v1/cats/public')).json()).toEqual({ data: ['Tom'] });
  expect((await ask('/docs')).status).toBe(200);
});

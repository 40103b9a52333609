// A host that has made everything global that can be: guards, pipe, filter, interceptor, prefix, versions, and more.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Connection, silently } from '../../harness/connection.js';
import { within } from '../../harness/deadline.js';
import { loginHost, loginPlayer } from '../../harness/one-relay.js';
import { ForeignHost, type Listening, playAParty } from '../foreign-host.js';

let listening: Listening;
const ask = async (path: string): Promise<Response> => fetch(`http://127.0.0.1:${listening.port}${path}`);

beforeAll(async () => {
  const host = await ForeignHost.make('everything-global');
  await host.run('npm', 'run', '--silent', 'build');
  listening = await host.start();
});
afterAll(() => listening.command.signal('SIGKILL'));

test('[C10] a host with global enhancers of every kind starts with the relay, and keeps its own behaviour', async () => {
  expect((await ask('/api/v1/cats')).status).toBe(401);
  expect(await (await ask('/api/v1/cats/public')).json()).toEqual({ data: ['Tom'] });
  expect((await ask('/docs')).status).toBe(200);
});

test('[C11] a party plays, and more hosts log in than the throttler allows requests', async () => {
  await playAParty(listening.port);
  for (let n = 0; n < 40; n++) {
    const host = await Connection.open(`ws://127.0.0.1:${listening.port}/relay`);
    host.send(loginHost(`HOST${n}`));
    await host.fence();
    host.dispose();
  }
});

test('[C12] only the routes that the host has made public are public', async () => {
  for (let n = 0; n < 40; n++) expect((await ask('/api/healthz')).status).toBe(200);
  expect((await ask('/api/party')).status).toBe(200);
  expect(await (await ask('/api/v1/why?server_code=X&client_id=1')).json()).toMatchObject({ ending: null });
  for (const path of ['/api/console', '/api/metrics']) expect((await ask(path)).status, path).toBe(401);
});

test('[C12] the OpenAPI document lists the routes of the host alone', async () => {
  const { paths } = (await (await ask('/docs-json')).json()) as { paths: object };
  expect(Object.keys(paths)).toEqual(['/api/v1/cats', '/api/v1/cats/public']);
});

/** A token as the host's own login would give. */
function token(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'operator' })}`;
  return `${text}.${createHmac('sha256', 'the secret of this host').update(text).digest('base64url')}`;
}

test('[C12] the console streams through the compression of the host, to a client that passes its guard', async () => {
  const headers = { Authorization: `Bearer ${token()}`, 'Accept-Encoding': 'gzip' };
  const live = `http://127.0.0.1:${listening.port}/api/console/live?token=a-secret-of-this-host`;
  const response = await fetch(live, { headers });
  expect([response.status, response.headers.get('content-encoding')]).toEqual([200, null]);
  const reader = response.body?.getReader();
  const first = await within(reader!.read(), 'the first event of the console');
  expect(Buffer.from(first.value ?? []).toString()).toContain('"verdict"');
  await reader?.cancel();
});

test('[C9] a GraphQL subscription and socket.io keep their own WebSockets', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${listening.port}/graphql`, 'graphql-transport-ws');
  await within(once(socket, 'open'), 'the WebSocket of GraphQL');
  const said: { type: string; payload?: unknown }[] = [];
  const complete = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as (typeof said)[0];
      said.push(message);
      if (message.type === 'connection_ack') {
        socket.send(
          JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { ticks }' } }),
        );
      }
      if (message.type === 'complete') resolve();
    });
  });
  socket.send('{"type":"connection_init"}');
  await within(complete, 'three ticks');
  socket.close();
  const ticks = said.filter(({ type }) => type === 'next').map(({ payload }) => payload);
  expect(ticks).toEqual([0, 1, 2].map((number) => ({ data: { ticks: number } })));
  const chat = io(`http://127.0.0.1:${listening.port}`, { transports: ['websocket'] });
  expect(await within(chat.emitWithAck('shout', 'hey') as Promise<unknown>, 'an answer')).toEqual({
    data: 'HEY',
  });
  chat.close();
});

test('[C14] the log lines of the relay keep their fields in the log of the host', async () => {
  const phone = await Connection.open(`ws://127.0.0.1:${listening.port}/relay`);
  phone.send(loginPlayer('NOBODY', '467'));
  expect(await phone.closed()).toEqual(silently);
  const isRefusal = ({ raw }: { raw: string }): boolean => raw.includes('"ending":"no-such-code"');
  const { raw } = await listening.command.logs.until(isRefusal, 'why the phone was refused');
  expect(JSON.parse(raw)).toMatchObject({ role: 'player', serverCode: 'NOBODY', clientId: '467' });
});

// Rule C6: examples/embed-in-nest, a larger backend with the relay in it, as a whole program.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silently } from '../harness/connection.js';
import { connectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { Example, buildExample, type Platform } from './example.js';

beforeAll(buildExample, 120_000);

describe.each<[Platform]>([['express'], ['fastify']])('on %s', (platform) => {
  let backend: Example;
  beforeAll(async () => {
    backend = await Example.start(platform);
  });
  afterAll(() => backend.kill());

  test('[C6] the routes of the backend keep their prefix and their validation', async () => {
    expect(await backend.http('/api/rooms')).toMatchObject({ status: 200 });
    expect(await backend.http('/rooms')).toMatchObject({ status: 404 });
    expect(await backend.http('/api/bans', { name: 'eve', extra: 1 })).toMatchObject({ status: 400 });
    expect(await backend.http('/api/bans', { name: 'eve' })).toEqual({
      status: 201,
      body: { banned: 'eve' },
    });
  });

  test('[C6] the gateway of the backend keeps its path, and the relay takes every other', async () => {
    const { peers } = backend;
    const chats = [await peers.connect('/chat'), await peers.connect('/chat?as=ann')] as const;
    const host = await peers.host();
    for (const path of ['/', '/ws', '/a/b?x=1', '/chatter', '/chat/room', '/api/rooms']) {
      const player = await peers.connect(path);
      player.send(loginPlayer(host.code, '467'));
      expect(await host.next()).toBe(connectNotice('467'));
    }
    chats[0].send({ event: 'say', data: { text: 'hello' } });
    for (const chat of chats) expect(await chat.next()).toBe('{"event":"said","data":"hello"}');
    await host.expectNothing();
  });

  test('[C6] global validation applies to the gateway of the backend, and not to logins', async () => {
    const { peers } = backend;
    const chat = await peers.connect('/chat');
    chat.send({ event: 'say', data: { text: 'hello', extra: 1 } });
    expect(await chat.next()).toMatch(/^\{"event":"exception"/);
    const code = peers.code();
    const host = await peers.saying(loginHost(code).replace('{', '{"version":9,"nested":{},'));
    await host.fence();
    const player = await peers.saying(loginPlayer(code, '467').replace('{', '{"version":9,'));
    expect(await host.next()).toBe(connectNotice('467'));
    await peers.expectParty(Object.assign(host, { code }), Object.assign(player, { id: '467' }));
  });

  test('[C6] a route of the backend lists the rooms', async () => {
    const { peers } = backend;
    const host = await peers.host('LIST');
    await peers.player(host, '467');
    const { body } = await backend.http('/api/rooms');
    const openedAt: unknown = expect.any(String);
    const room = { serverCode: 'LIST', players: 1, playersAway: 0, isHostAway: false, openedAt };
    expect(body).toContainEqual(room);
    await host.leave();
    expect(JSON.stringify(await backend.http('/api/rooms'))).not.toContain('LIST');
  });

  test('[L16] a peer that the backend refuses is disconnected, and the log of the backend says so', async () => {
    const { peers, logs } = backend;
    const host = await peers.host();
    await backend.http('/api/bans', { name: 'mallory' });
    const refused = await peers.saying(loginPlayer(host.code, 'mallory'));
    expect(await refused.closed()).toEqual(silently);
    await host.expectNothing();
    const line = await logs.ending('not-authorized');
    expect(JSON.parse(line.raw)).toMatchObject({
      from: 'backend',
      level: 'warn',
      context: 'Relay',
      details: [{ clientId: 'mallory' }],
    });
    await peers.expectRefused(await peers.saying(loginHost('much too long')), 'not-authorized');
  });

  test('[C6] the options of the relay do not affect the other gateway', async () => {
    const { peers } = backend;
    const long = 'x'.repeat(65_000);
    const chat = await peers.connect('/chat');
    chat.send({ event: 'say', data: { text: long.repeat(2) } });
    expect(await chat.next()).toContain(long);
    const host = await peers.host();
    host.send(long.repeat(2));
    await peers.expectRefused(host, 'too-large', host.code);
  });
});

test.each<[Platform]>([['express'], ['fastify']])(
  '[C6] on %s the relay can be limited to one path, and it ends with the backend',
  async (platform) => {
    const backend = await Example.start(platform, '/relay');
    const { peers } = backend;
    try {
      const host = await peers.host();
      const player = await peers.player(host, '467');
      const chat = await peers.connect('/chat');
      const silent = await peers.connect();
      await expect(peers.connect('/elsewhere')).rejects.toThrow();
      expect(await backend.http('/api/rooms')).toMatchObject({ status: 200 });
      await peers.expectParty(host, player);
      chat.send({ event: 'say', data: { text: 'hello' } });
      expect(await chat.next()).toBe('{"event":"said","data":"hello"}');
      expect(await backend.stop()).toEqual({ code: null, signal: 'SIGTERM' });
      for (const peer of [host, player, silent]) {
        expect(await peer.closed()).toEqual({ code: 1001, reason: '' });
      }
      await chat.closed();
    } finally {
      backend.kill();
    }
  },
);

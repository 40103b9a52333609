// Peers that ask why they were disconnected, on either platform.
import { describe, expect, test } from 'vitest';
import { fixForTest } from '../../harness/fixed.js';
import { silently } from '../../harness/connection.js';
import { loginHost, loginPlayer } from '../../harness/relay.js';
import { LOOPBACK, startAskable } from './asking.js';

const HERE = '198.51.100.1';
const ELSEWHERE = '198.51.100.2';
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const PLAYER = { server_code: 'SNEK', client_id: '467' };

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[O1] a player that named a code without a host learns that there is no such game', async () => {
    const askers = await startAskable(platform);
    const player = await askers.saying(HERE, loginPlayer('SNEK', '467'));
    expect(await player.closed()).toEqual(silently);
    const { status, body } = await askers.ask(HERE, PLAYER);
    expect(status).toBe(200);
    const at = expect.stringMatching(ISO) as string;
    expect(body).toEqual({
      ...{ ending: 'no-such-code', rule: 'L5', at },
      ...{ hint: 'No game is running under SNEK.', refused: true, retry: 'later', now: at, connected: [] },
    });
    expect(Math.abs(Date.now() - Date.parse(body['at'] as string))).toBeLessThan(60_000);
  });

  test('[O1] a host whose code was taken learns it when it asks without an id', async () => {
    const askers = await startAskable(platform);
    const first = await askers.saying(HERE, loginHost('SNEK'));
    await first.fence();
    const second = await askers.saying(HERE, loginHost('SNEK'));
    await second.closed();
    const { body } = await askers.ask(HERE, { server_code: 'SNEK' });
    expect(body).toMatchObject({ ending: 'code-taken', hint: 'Another game already runs under SNEK.' });
  });

  test('[O1] a player and a host that were disconnected in the middle of the party learn why', async () => {
    const askers = await startAskable(platform);
    const host = await askers.saying(HERE, loginHost('SNEK'));
    await host.fence();
    const player = await askers.saying(HERE, loginPlayer('SNEK', '467'));
    await host.next();
    player.send('oops');
    await player.closed();
    expect((await askers.ask(HERE, PLAYER)).body).toMatchObject({ ending: 'not-json', rule: 'P8' });
    host.breakProtocol();
    await host.closed();
    expect((await askers.ask(HERE, { server_code: 'SNEK' })).body).toMatchObject({ rule: 'E11' });
  });

  test('[O2] another address, another code and another id get no answer', async () => {
    const askers = await startAskable(platform);
    await (await askers.saying(HERE, loginPlayer('SNEK', '467'))).closed();
    for (const address of [ELSEWHERE, LOOPBACK]) {
      expect(await askers.ask(address, PLAYER)).toMatchObject({ status: 404, body: { ending: null } });
    }
    for (const query of [
      { ...PLAYER, server_code: 'snek' },
      { ...PLAYER, client_id: '468' },
    ]) {
      expect(await askers.ask(HERE, query)).toMatchObject({ status: 404, body: { ending: null } });
    }
    expect((await askers.ask(HERE, { server_code: 'SNEK' })).status).toBe(404);
    expect((await askers.ask(HERE, PLAYER)).status).toBe(200);
  });

  test('[O2] an address that a peer claims without a trusted proxy is ignored', async () => {
    const askers = await startAskable(platform, { trustProxy: [] });
    await (await askers.saying(HERE, loginPlayer('SNEK', '467'))).closed();
    expect((await askers.ask(ELSEWHERE, PLAYER)).body).toMatchObject({ ending: 'no-such-code' });
    expect((await askers.ask(LOOPBACK, PLAYER)).body).toMatchObject({ ending: 'no-such-code' });
  });

  test.each([
    ['nothing', ''],
    ['no code', 'client_id=467'],
    ['an empty code', 'server_code='],
    ['an empty id', 'server_code=SNEK&client_id='],
    ['a code that is too long', `server_code=${'x'.repeat(257)}`],
    ['an id of too many bytes', `server_code=SNEK&client_id=${'%C3%A4'.repeat(513)}`],
    ['two codes', 'server_code=SNEK&server_code=SNEK'],
    ['two ids', 'server_code=SNEK&client_id=467&client_id=468'],
    ['something unknown', 'server_code=SNEK&token=1'],
    ['a list', 'server_code[]=SNEK'],
    ['an object', 'server_code=SNEK&__proto__[client_id]=467'],
  ])('[O3] a question for %s is answered with how to ask', async (_name, query) => {
    const askers = await startAskable(platform);
    const { status, body } = await askers.ask(HERE, query);
    expect(status).toBe(400);
    expect(body).toEqual({ ending: null, hint: expect.stringContaining('server_code=SNEK') as string });
  });

  test('[O4] an address that asks too often must wait, and no other address does', async () => {
    fixForTest({ burstSeconds: 2 });
    const askers = await startAskable(platform, { newConnectionsPerSecond: 1 });
    const ask = async (address: string): Promise<string> => {
      const { status, headers } = await askers.ask(address, PLAYER);
      return [status, headers.get('retry-after')].join(' ').trim();
    };
    const askMany = (address: string): Promise<string[]> =>
      Promise.all(Array.from({ length: 100 }, () => ask(address)));
    expect(new Set(await askMany(HERE))).toEqual(new Set(['404', '429 1']));
    expect(await ask(ELSEWHERE)).toBe('404');
    expect(new Set(await askMany(LOOPBACK))).toEqual(new Set(['404']));
  });

  test('[O5] pages of any origin may read every answer, and no cache may keep it', async () => {
    fixForTest({ burstSeconds: 3 });
    const askers = await startAskable(platform, { newConnectionsPerSecond: 1 });
    await (await askers.saying(HERE, loginPlayer('SNEK', '467'))).closed();
    const answers = [];
    for (const query of [PLAYER, { ...PLAYER, client_id: '0' }, ''])
      answers.push(await askers.ask(HERE, query));
    answers.push(...(await Promise.all(Array.from({ length: 100 }, () => askers.ask(HERE, '')))));
    expect(new Set(answers.map(({ status }) => status)).size).toBe(4);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  test('[O5] markup in a code is text inside JSON, whatever a browser makes of it', async () => {
    const askers = await startAskable(platform);
    const [code, id] = ['<script>alert("1")</script>', '"},{"é\u0000</b>'];
    await (await askers.saying(HERE, loginPlayer(code, id))).closed();
    const { headers, body } = await askers.ask(HERE, { server_code: code, client_id: id });
    expect(body).toMatchObject({ ending: 'no-such-code', hint: `No game is running under ${code}.` });
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

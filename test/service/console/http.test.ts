// The console as a program asks it: who is let in, what the stream tells, and what actions do.
import supertest from 'supertest';
import { expect, test } from 'vitest';
import { silently } from '../../harness/connection.js';
import { Program } from '../../harness/program.js';
import { loginPlayer, useRelay } from '../../harness/relay.js';
import { Looks } from '../../harness/event-stream.js';

const TOKEN = 'correct-horse-battery';
const BEARER = { Authorization: `Bearer ${TOKEN}` };
const relay = useRelay('--operator-token', TOKEN, '--max-rooms', '77');

const origin = (): string => relay.url('').replace('ws', 'http');
const look = (query = ''): Promise<Looks> => Looks.open(`${origin()}/console/live?${query}`, BEARER);

test.each(['/console', '/console/assets/console.js', '/console/live'])(
  '[O11] %s needs the token',
  async (path) => {
    await supertest(origin()).get(path).expect(401);
    await supertest(origin()).get(path).auth('wrong', { type: 'bearer' }).expect(401);
  },
);

test.each(['close-room?server_code=SNEK', 'end-player?server_code=SNEK&client_id=467', 'drain'])(
  '[O11] the action %s needs the token, and a page of the relay itself',
  async (action) => {
    const agent = supertest(origin());
    await agent.post(`/console/${action}`).expect(401);
    const page = await agent.get(`/console?token=${TOKEN}`).expect(200);
    const [Cookie = ''] = (page.headers['set-cookie'] as unknown as string[]).map(
      (text) => text.split(';')[0]!,
    );
    await agent.post(`/console/${action}`).set({ Cookie }).expect(403);
    await agent.get(`/console/${action}`).set(BEARER).expect(404);
    await agent.get('/readyz').expect(200);
  },
);

test('[O18] the page is small, loads only its own files, and allows nothing else', async () => {
  for (const [path, root] of [
    ['/console', 'console/assets/'],
    ['/console/', 'assets/'],
  ] as const) {
    const { text, headers } = await supertest(origin()).get(path).set(BEARER).expect(200);
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style|\son\w+=|style=|https?:|\{\{/);
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(new Set(files.map((file) => file.slice(0, root.length)))).toEqual(new Set([root]));
    for (const file of files) {
      const address = new URL(file, `${origin()}${path}`).pathname;
      const answer = await supertest(origin()).get(address).set(BEARER).expect(200);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  }
  await supertest(origin()).get('/console/assets/console.html').set(BEARER).expect(404);
  await supertest(origin()).get('/console/assets/..%2fclient.js').set(BEARER).expect(404);
});

test('[O18] the stream starts with the full state, and continues with what is new', async () => {
  const host = await relay.host();
  await relay.player(host, '467');
  const looks = await look(`server_code=${host.code}`);
  expect(looks.response.headers['content-type']).toContain('text/event-stream');
  const first = await looks.next();
  expect(first.verdict).toMatchObject({ condition: 'well', remarks: [] });
  expect(first.rooms).toEqual([expect.objectContaining({ serverCode: host.code, players: 1 })]);
  expect(first.room?.members.map(({ clientId }) => clientId)).toEqual([undefined, '467']);
  const limits = first.limits?.map(({ flag, value, isDefault }) => [flag, value, isDefault]);
  expect(limits).toContainEqual(['--max-rooms', '77', false]);
  expect(limits).toContainEqual(['--max-message-size', '1 MiB', true]);
  expect(JSON.stringify(first)).not.toContain(TOKEN);
  const second = await looks.next();
  expect([second.limits, second.ledger]).toEqual([undefined, undefined]);
  expect(second.samples).toEqual([expect.objectContaining({ rooms: 1, players: 1 })]);
});

test('[O18] the console shows each mistake of a game with its fix, and the links of the node to others', async () => {
  const host = await relay.host();
  await relay.player(host, '467');
  host.send('{"receiver_id":467}');
  const looks = await look(`text=${host.code.toLowerCase()}`);
  let seen = await looks.next();
  while (seen.findings.length === 0) seen = await looks.next();
  expect(seen.findings).toEqual([
    expect.objectContaining({ serverCode: host.code, kind: 'receiver-not-text', times: 1 }),
  ]);
  expect(seen.findings[0]?.fix).toContain('in quotes');
  const [row, ...others] = seen.ledger ?? [];
  expect(row).toMatchObject({ kind: 'finding', name: 'receiver-not-text', rule: 'O16' });
  expect([row?.advice, others]).toEqual([seen.findings[0]?.fix, []]);
  expect(Object.fromEntries(seen.facts)).toMatchObject({ Backbone: 'none: this node is alone' });
});

test('[O18] the search looks through all connected peers, and says how many rooms it searched', async () => {
  const host = await relay.host('DVRD');
  await relay.host('KART');
  await relay.player(host, '103004');
  await relay.player(host, '103005');
  const looks = await look('text=103004');
  const { found } = await looks.next();
  expect(found).toEqual({
    lines: [
      {
        ...{ role: 'player', serverCode: 'DVRD', clientId: '103004', address: '127.0.0.1' },
        connection: expect.any(Number) as number,
      },
    ],
    count: 1,
  });
  const { rooms, roomCount, openRooms } = await looks.next();
  expect([rooms, roomCount, openRooms]).toEqual([[], 0, 2]);
  const there = await (await look('text=127.0.0.1')).next();
  expect(there.found?.count).toBe(4);
  const nobody = await (await look('text=nobody')).next();
  expect([nobody.found, nobody.ledger]).toEqual([{ lines: [], count: 0 }, []]);
  expect((await (await look()).next()).found).toBeUndefined();
});

test('[O18] a page that was away gets only the seconds that it missed', async () => {
  const looks = await look();
  await looks.next();
  const [{ second = 0 } = {}] = (await looks.next()).samples;
  const again = await look(`since=${second}`);
  const { samples } = await again.next();
  expect(samples.filter((sample) => sample.second <= second)).toEqual([]);
  // It may know a relay that has been restarted since.
  const restarted = await look('since=1000000000');
  expect((await restarted.next()).samples.map((sample) => sample.second)).toContain(second);
});

test('[O19] a wrong code is in the next update, with its reason and the remedy', async () => {
  await relay.host('KART');
  const looks = await look();
  await looks.next();
  const phone = await relay.connect();
  phone.send(loginPlayer('kart', '467'));
  await relay.expectEnded(phone, 'no-such-code', 'kart');
  // What was under way when it happened, and what came next.
  const ledger = [await looks.next(), await looks.next()].flatMap((seen) => seen.ledger ?? []);
  const [row] = ledger.filter(({ reason }) => JSON.stringify(reason).includes('kart'));
  expect(row).toMatchObject({ kind: 'refused', name: 'no-such-code', rule: 'L5', address: '127.0.0.1' });
  expect(row?.reason).toEqual([
    ...[{ said: '467' }, ' was refused: no game is running under ', { said: 'kart' }],
    ...['; did it mean ', { said: 'KART' }, '?'],
  ]);
  expect(row?.advice).toContain('small and capital letters');
});

test('[O21] an action ends the peers that it names, and says when there is none', async () => {
  const agent = supertest(origin());
  const host = await relay.host('A&B');
  const player = await relay.player(host, '4 7');
  const act = (action: string) => agent.post(`/console/${action}`).set(BEARER);
  await act('end-player?server_code=A%26B&client_id=4%208').expect(404, { count: 0 });
  await act('end-player?server_code=A%26B&client_id=4%207').expect(200, { count: 1 });
  expect(await player.closed()).toEqual(silently);
  await act('close-room?server_code=A').expect(404);
  await act('close-room?server_code=A%26B').expect(200);
  expect(await host.closed()).toEqual(silently);
  await act('drain').expect(200);
  await agent.get('/readyz').expect(503);
  await act('drain?on=false').expect(200);
  await agent.get('/readyz').expect(200);
  await relay.logs.until(({ text }) => text === 'An operator closed room A&B', 'the action');
});

test('[O22] however much happens, the console gets one update a second', async () => {
  const host = await relay.host();
  const player = await relay.player(host, '467');
  const looks = await look();
  await looks.next();
  for (let n = 0; n < 1_000; n++) player.send('{}');
  await host.take(1_000);
  for (const seen of [await looks.next(), await looks.next()]) expect(seen.samples).toHaveLength(1);
});

test('[O22] twenty viewers may watch at the same time, and the next is refused until one has gone', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => look()));
  for (const looks of all) await looks.next();
  const late = await look();
  expect(late.status).toBe(503);
  all[0]!.response.destroy();
  for (;;) if ((await look()).status === 200) break;
  await supertest(origin()).get('/console').set(BEARER).expect(200);
});

test('[O23] with --without console the program has no console', async () => {
  const program = new Program(['--port', '0', '--operator-token', TOKEN, '--without', 'console']);
  const agent = supertest(`http://127.0.0.1:${await program.listening()}`);
  for (const path of ['/console', '/console/live']) await agent.get(path).set(BEARER).expect(404);
  await agent.post('/console/drain').set(BEARER).expect(404);
  await agent.get('/metrics').set(BEARER).expect(200);
  await program.stop();
});

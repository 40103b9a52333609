// What only the relay knows, asked of each of its nodes over HTTP.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { silently } from '../harness/connection.js';
import { NatsServer } from '../harness/nats-server.js';
import { Node, isUp, settleCodes } from '../harness/node.js';
import { disconnectNotice } from '../harness/notices.js';
import { loginPlayer } from '../harness/relay.js';
import { Behind, TRUSTING } from '../harness/behind.js';
import { useNodes } from './nodes.js';

const TOKEN = 'correct-horse-battery';
const flags = ['--operator-token', TOKEN, ...TRUSTING];
const limits = ['--failed-logins-per-minute', '1', ...fixed({ guessBurstMinutes: 20 })];
const { nodes } = useNodes(3, ...flags, ...limits);
const [a, b, c] = nodes as [Node, Node, Node];

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

async function ask(node: Node, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(node.url(path).replace('ws:', 'http:'), { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function act(node: Node, action: string): Promise<[number, unknown]> {
  const init = { method: 'POST', headers: { Authorization: `Bearer ${TOKEN}` } };
  const { status, text } = await ask(node, `/console/${action}`, init);
  return [status, JSON.parse(text)];
}

test('[B16] /j/SNEK leads into a game on every node, wherever its host is', async () => {
  const host = await a.host();
  for (const node of [a, b, c]) {
    for (const code of [host.code, host.code.toLowerCase()]) {
      const { status, headers } = await ask(node, `/j/${code}`);
      expect([status, headers.get('location')?.endsWith(`party/${host.code}`)]).toEqual([302, true]);
      expect((await ask(node, `/j/${code}/open`)).text).toBe('{"open":true}');
    }
  }
  await host.leave();
  for (const node of [a, b, c]) {
    let { text } = await ask(node, `/j/${host.code}/open`);
    // Its entry is on its way out of the table.
    while (text === '{"open":true}') ({ text } = await ask(node, `/j/${host.code}/open`));
    expect(text).toBe('{"open":false}');
    expect((await ask(node, `/j/${host.code}`)).text).toContain(`No game is running under ${host.code}`);
  }
});

test('[A17] many questions at the same time reach the other nodes only up to the burst', async () => {
  const host = await b.host();
  const guesser = new Behind(a);
  const codes = Array.from({ length: 200 }, () => a.code()).filter((code) => code !== host.code);
  const answers = await Promise.all(codes.map((code) => ask(a, `/j/${code}/open`, guesser)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(21);
  expect((await ask(a, `/j/${host.code}/open`, guesser)).status).toBe(429);
  const phone = await guesser.connect();
  phone.send(loginPlayer(host.code, '666'));
  await a.expectEnded(phone, 'too-many-failed-logins-of-address', host.code);
});

test('[B9] each node counts for itself what an address has asked for', async () => {
  const guesser = new Behind(a);
  const guess = async (node: Node): Promise<number> => {
    const from = new Behind(node, guesser.address);
    const codes = Array.from({ length: 50 }, () => node.code());
    const answers = await Promise.all(codes.map((code) => ask(node, `/j/${code}/open`, from)));
    return answers.filter(({ status }) => status === 200).length;
  };
  for (const node of [a, b]) expect(await guess(node)).toBeGreaterThan(5);
  expect(await guess(a)).toBeLessThan(2);
});

test('[B17] an operator ends players and closes rooms from the console of any node', async () => {
  const host = await a.host('A&B *>.');
  const twins = [await b.player(host, '4 7'), await c.player(host, '4 7')];
  const bystander = await c.player(host, '468');
  const room = 'server_code=A%26B+*%3E.';
  expect(await act(b, `end-player?${room}&client_id=4+8`)).toEqual([404, { count: 0 }]);
  expect(await act(b, `end-player?${room}&client_id=4+7`)).toEqual([200, { count: 2 }]);
  for (const twin of twins) expect(await twin.closed()).toEqual(silently);
  expect(await host.take(2)).toEqual(Array(2).fill(disconnectNotice('4 7')));
  await b.logs.ending('closed-by-operator', '4 7');
  await b.logs.until(({ text }) => text === 'An operator ended player 4 7 of room A&B *>.', 'the action');
  expect(await act(c, 'close-room?server_code=NOBODY')).toEqual([404, { count: 0 }]);
  expect(await act(c, `close-room?${room}`)).toEqual([200, { count: 1 }]);
  for (const peer of [host, bystander]) expect(await peer.closed()).toEqual(silently);
  await a.logs.ending('closed-by-operator', 'A&B *>.');
  expect(await act(a, `close-room?${room}`)).toEqual([404, { count: 0 }]);
});

test('[B18] a node tells why for its own connections, and says that another may know of others', async () => {
  const code = a.code();
  const player = await a.connect();
  player.send(loginPlayer(code, '467'));
  await player.closed();
  const [here, elsewhere] = await Promise.all(
    [a, b].map((node) => ask(node, `/v1/why?server_code=${code}&client_id=467`)),
  );
  expect(JSON.parse(here!.text)).toMatchObject({ ending: 'no-such-code' });
  expect([elsewhere?.status, JSON.parse(elsewhere!.text)]).toEqual([
    404,
    {
      ...{
        ending: null,
        hint: expect.stringContaining('Another node may: ask the node of the login') as string,
      },
      ...{ now: expect.any(String) as string, connected: [] },
    },
  ]);
});

test('[B18] a node says who is connected to it, also in a room of another node', async () => {
  const host = await a.host();
  const player = await b.player(host, '467');
  await b.expectParty(host, player);
  const asked = `/v1/why?server_code=${host.code}`;
  const count = async (node: Node, path: string): Promise<[number, number]> => {
    const { status, text } = await ask(node, path);
    return [status, (JSON.parse(text) as { connected: unknown[] }).connected.length];
  };
  const counts = (path: string): Promise<[number, number][]> =>
    Promise.all([a, b, c].map((node) => count(node, path)));
  const [here, none] = [
    [200, 1],
    [404, 0],
  ];
  expect(await counts(asked)).toEqual([here, none, none]);
  expect(await counts(`${asked}&client_id=467`)).toEqual([none, here, none]);
  await host.leave();
  await player.closed();
  // It has an ending now, which is another reason to answer.
  expect(await counts(`${asked}&client_id=467`)).toEqual([none, [200, 0], none]);
});

// Nodes and a broker for those that end one.
const nats = new NatsServer();
const mortal = [...flags, '--log-level', 'debug'];
const [near, far] = [new Node(mortal), new Node(mortal)];
beforeAll(async () => {
  await nats.start();
  await settleCodes(nats.url);
  mortal.push('--nats', nats.url);
  for (const node of [near, far]) await node.start();
  for (const node of [near, far]) await isUp(node);
});
afterEach(async () => {
  for (const node of [near, far]) if (node.isRunning) await node.sweep();
});
afterAll(async () => {
  for (const node of [near, far]) await node.kill();
  await nats.stop();
});

test('[B17] a node that is cut off carries out the orders for its own rooms, and reports those for other rooms as undone', async () => {
  const [ours, theirs] = [await near.host('OURS'), await far.host('THEIRS')];
  const player = await near.player(ours, '1');
  await nats.kill();
  const message = expect.stringContaining('cut off') as string;
  for (const action of ['close-room?server_code=THEIRS', 'end-player?server_code=THEIRS&client_id=1']) {
    expect(await act(near, action)).toEqual([503, { message }]);
  }
  for (const code of ['THEIRS', 'NOBODY']) {
    const page = await ask(near, `/j/${code}`);
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '2']);
    expect(page.text).toContain('<h1>The relay cannot look for games at the moment</h1>');
    const open = await ask(near, `/j/${code}/open`);
    expect([open.status, JSON.parse(open.text)]).toEqual([
      503,
      { open: null, hint: 'The relay cannot look for games at the moment' },
    ]);
  }
  expect(await act(near, 'end-player?server_code=OURS&client_id=1')).toEqual([200, { count: 1 }]);
  expect(await player.closed()).toEqual(silently);
  expect(await act(near, 'close-room?server_code=OURS')).toEqual([200, { count: 1 }]);
  await nats.start();
  const [open, closed] = [
    () => ask(near, '/j/THEIRS/open'),
    () => act(near, 'close-room?server_code=THEIRS'),
  ];
  let page = await open();
  while (page.status === 503) page = await open();
  expect(page.text).toBe('{"open":true}');
  await theirs.fence();
  let done = await closed();
  while (done[0] === 503) done = await closed();
  expect(done).toEqual([200, { count: 1 }]);
});

test('[B16] the game of a node that was killed is not open any more as soon as its lease is over', async () => {
  const code = far.code();
  await far.host(code);
  expect((await ask(near, `/j/${code}/open`)).text).toBe('{"open":true}');
  await far.kill();
  const diedAt = performance.now();
  while ((await ask(near, `/j/${code}/open`)).text === '{"open":true}');
  // A lease of 5 seconds, and time for a busy machine.
  expect(performance.now() - diedAt).toBeLessThan(15_000);
  expect((await ask(near, `/j/${code}/open`)).text).toBe('{"open":false}');
});

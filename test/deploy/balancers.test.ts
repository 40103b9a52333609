// The configurations of deploy/ before real nodes, each a separate relay here: members that meet, meet on one.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ClientOptions } from 'ws';
import { Connection } from '../harness/connection.js';
import { NatsServer } from '../harness/nats-server.js';
import { Node, isUp, settleCodes } from '../harness/node.js';
import { connectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer, Relay } from '../harness/relay.js';
import { Balancer, kinds, programOf } from './balancer.js';

const nodes = [new Relay(['--trust-proxy', 'loopback']), new Relay(['--trust-proxy', 'loopback'])] as const;
const ports = (): [number, number] => [portOf(nodes[0]), portOf(nodes[1])];
const portOf = (relay: Relay): number => Number(new URL(relay.url()).port);

/** Two more that are one relay. */
const nats = new NatsServer();
const flags = ['--trust-proxy', 'loopback'];
const many = [new Node(flags), new Node(flags)] as const;

beforeAll(async () => {
  await Promise.all(nodes.map((node) => node.start()));
  await nats.start();
  await settleCodes(nats.url);
  flags.push('--nats', nats.url);
  await Promise.all(many.map((node) => node.start()));
  await Promise.all(many.map((node) => isUp(node)));
});
afterAll(async () => {
  await Promise.all([...nodes, ...many].map((node) => node.stop()));
  await nats.stop();
});

/** The nodes that hosts have come to since it was asked for. */
function visited(): () => number {
  const count = (): number[] => nodes.map(({ logs }) => logs.count('opened its room'));
  const before = count();
  return () => count().filter((hosts, node) => hosts > (before[node] ?? 0)).length;
}

let codes = 0;
const newCode = (): string => `CODE${++codes}`;

/** More than chance could send to one of two nodes. */
const MANY = 100;

describe.each(kinds)('$name', (kind) => {
  const isHere = programOf(kind) !== undefined;
  if (!isHere) console.warn(`There is no ${kind.name}: deploy/${kind.file} is not tested.`);
  const testHere = test.skipIf(!isHere);
  const balancer = new Balancer(kind);
  const peers: Connection[] = [];
  beforeAll(async () => {
    if (isHere) await balancer.start(ports());
  });
  afterAll(async () => {
    for (const peer of peers) peer.dispose();
    await balancer.stop();
  });

  async function connect(url: string, options: ClientOptions = {}): Promise<Connection> {
    const peer = await Connection.open(`ws://127.0.0.1:${balancer.port}${url}`, options);
    peers.push(peer);
    return peer;
  }

  function ask(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${balancer.port}${path}`, { redirect: 'manual' });
  }

  async function host(code: string, url: string): Promise<Connection> {
    const peer = await connect(url);
    peer.send(loginHost(code));
    await peer.fence();
    return peer;
  }

  testHere('takes its configuration', () => {
    expect(balancer.check()).toBe('');
  });

  testHere('a party that names its code meets on one node, and parties are spread', async () => {
    const nodesVisited = visited();
    for (let n = 0; nodesVisited() < 2 && n < MANY; n++) {
      const code = newCode();
      const screen = await host(code, `/?code=${code}`);
      const phone = await connect(`/?code=${code}`);
      phone.send(loginPlayer(code, '467'));
      expect(await screen.next()).toBe(connectNotice('467'));
      phone.send('{"steer":1}');
      expect(await screen.next()).toBe('{"steer":1,"client_id":"467"}');
      screen.send('go');
      expect(await phone.next()).toBe('go');
    }
    expect(nodesVisited()).toBe(2);
  });

  testHere(
    '[O24] the balancer sends the short address of a game, and the question why, to the node of the game',
    async () => {
      for (let n = 0; n < 20; n++) {
        const code = newCode();
        await host(code, `/?code=${code}`);
        const short = await ask(`/j/${code}?from=qr`);
        expect([short.status, short.headers.get('location')?.endsWith(`party/${code}`)]).toEqual([302, true]);
        expect(await (await ask(`/j/${code}/open`)).json()).toEqual({ open: true });
        const second = await connect(`/?code=${code}`);
        second.send(loginHost(code));
        await second.closed();
        const why = await ask(`/v1/why?server_code=${code}`);
        expect(await why.json()).toMatchObject({ ending: 'code-taken' });
      }
    },
  );

  testHere(
    '[B16] the short address leads to a game that did not name its code, whichever of many nodes it is on',
    async () => {
      const party = new Balancer(kind);
      try {
        await party.start([portOf(many[0]), portOf(many[1])]);
        for (let n = 0; n < 10; n++) {
          const code = newCode();
          peers.push(await many[n % 2 === 0 ? 0 : 1].host(code));
          const url = `http://127.0.0.1:${party.port}/j/${code.toLowerCase()}`;
          const { status, headers } = await fetch(url, { redirect: 'manual' });
          expect([status, headers.get('location')?.endsWith(`party/${code}`)]).toEqual([302, true]);
          expect(await (await fetch(`${url}/open`)).json()).toEqual({ open: true });
        }
      } finally {
        await party.stop();
      }
    },
  );

  testHere('a peer that names no code is sent to some node', async () => {
    const nodesVisited = visited();
    for (let n = 0; nodesVisited() < 2 && n < MANY; n++) await host(newCode(), '/');
    expect(nodesVisited()).toBe(2);
  });

  testHere('a node sees the real address of a peer, not the one that the peer claims', async () => {
    const code = newCode();
    const headers = { 'X-Forwarded-For': '198.51.100.1' };
    const stranger = await connect(`/?code=${code}`, { headers, localAddress: '127.0.0.9' });
    stranger.send(loginPlayer(code, '467'));
    await stranger.closed();
    const told = (): number[] => nodes.map(({ logs }) => logs.count('no-such-code', code, '127.0.0.9'));
    await vi.waitFor(() => expect(told().sort()).toEqual([0, 1]), { timeout: 30_000, interval: 20 });
  });

  testHere('the balancer does not pass on the pages of operators', async () => {
    for (const path of ['/console', '/metrics', '/healthz', '/readyz']) {
      const { status } = await fetch(`http://127.0.0.1:${balancer.port}${path}`);
      expect([path, status]).toEqual([path, 404]);
    }
    expect((await fetch(`http://127.0.0.1:${balancer.port}/client.js`)).status).toBe(200);
  });
});

// The nats-servers that tests start: what they forget and remember, and whom they let in.
import { Kvm, type KV } from '@nats-io/kv';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { makeCertificate, type Certificate } from './certificate.js';
import { describeNats, natsTest } from './nats-binary.js';
import { startNatsCluster } from './nats-cluster.js';
import { startNatsServer, type NatsServer, type NatsServerOptions } from './nats-server.js';

const clients: NatsConnection[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

/** A client that does not come back by itself. */
async function client({ port }: NatsServer, options: ConnectionOptions = {}): Promise<NatsConnection> {
  const connection = await connect({ port, reconnect: false, ...options });
  clients.push(connection);
  return connection;
}

describeNats('a nats-server', () => {
  let server: NatsServer;
  beforeAll(async () => (server = await startNatsServer()));
  afterAll(() => server.stop());

  const store = async (): Promise<KV> => new Kvm(await client(server)).create('things');

  natsTest('remembers what it was told when it is killed, on the port it had', async () => {
    const { port } = server;
    await (await store()).put('a', 'b');
    await server.restart();
    expect(server.port).toBe(port);
    expect((await (await store()).get('a'))?.string()).toBe('b');
  });

  natsTest('forgets it when it is robbed', async () => {
    const { port } = server;
    await (await store()).put('a', 'b');
    await server.restartEmpty();
    expect(server.port).toBe(port);
    expect(await (await store()).get('a')).toBeNull();
  });

  natsTest('answers nobody while it is frozen', async () => {
    const connection = await client(server);
    server.freeze();
    let isAnswered = false;
    const answer = connection.flush().then(() => (isAnswered = true));
    // Long after it would have been answered: another server can be started meanwhile.
    await (await startNatsServer()).stop();
    expect(isAnswered).toBe(false);
    server.thaw();
    await answer;
  });
});

describeNats('credentials and TLS', () => {
  let certificate: Certificate;
  beforeAll(() => void (certificate = makeCertificate()));
  afterAll(() => certificate.remove());

  const locks: [name: string, lock: NatsServerOptions, key: ConnectionOptions, address: RegExp][] = [
    ['a password', { user: 'relay', password: 'x' }, { user: 'relay', pass: 'x' }, /^nats:..relay:x@127/],
    ['a token', { token: 'secret' }, { token: 'secret' }, /^nats:..secret@127/],
  ];

  natsTest.each(locks)('a server with %s lets in who knows it', async (_, lock, key, address) => {
    const server = await startNatsServer(lock);
    expect(server.url).toMatch(address);
    await expect(client(server)).rejects.toThrow(/authorization/i);
    await (await client(server, key)).flush();
    await server.stop();
  });

  natsTest('a server with TLS is trusted by who knows its certificate', async () => {
    const server = await startNatsServer({ tls: certificate });
    expect(server.url).toMatch(/^tls:..127/);
    await expect(client(server)).rejects.toThrow(/certificate/i);
    const ca = readFileSync(certificate.certFile, 'utf8');
    await (await client(server, { tls: { ca } })).flush();
    await server.stop();
  });

  natsTest('a server takes more configuration', async () => {
    const server = await startNatsServer({ config: 'max_payload: 512KB' });
    expect((await client(server)).info?.max_payload).toBe(524_288);
    await server.stop();
  });
});

natsTest('two servers of a cluster do not hear of each other while their route is cut', async () => {
  const cluster = await startNatsCluster();
  const [speaker, listener] = [await client(cluster.servers[0]), await client(cluster.servers[1])];
  const heard: string[] = [];
  const all = new Promise<void>((resolve) => {
    listener.subscribe('talk', {
      callback: (_, message) => void (heard.push(message.string()) === 3 && resolve()),
    });
  });
  await listener.flush();
  // Interest needs a moment to reach the other server: a later subscription that is answered has overtaken none.
  listener.subscribe('fence', { callback: (_, message) => void message.respond() });
  await vi.waitFor(() => speaker.request('fence'), { timeout: 30_000, interval: 20 });
  cluster.route.cut();
  speaker.publish('talk', 'behind the cut');
  await speaker.flush();
  listener.publish('talk', 'on this side');
  await listener.flush();
  expect(heard).toEqual(['on this side']);
  cluster.route.heal();
  speaker.publish('talk', 'afterwards');
  await all;
  expect(heard).toEqual(['on this side', 'behind the cut', 'afterwards']);
  await cluster.stop();
});

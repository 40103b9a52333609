// What a node says when NATS is not there for it at its start.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test, vi } from 'vitest';
import type { LogLine } from '../harness/logs.js';
import { type NatsServerOptions, startNatsServer } from '../harness/nats-server.js';
import { Relay, loginHost } from '../harness/relay.js';

const ended: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function startRelay(...flags: string[]): Promise<Relay> {
  const relay = new Relay(flags);
  await relay.start();
  ended.push(() => relay.kill());
  return relay;
}

async function startNats(options: NatsServerOptions): Promise<string> {
  const nats = await startNatsServer(options);
  ended.push(() => nats.stop());
  return `127.0.0.1:${nats.port}`;
}

/** Lines that say that no host is let in. */
function saying({ logs }: Relay): string[] {
  return logs.lines.filter(isSaying).map(({ text }) => text);
}

function isSaying({ text }: LogLine): boolean {
  return text.startsWith('No host is let in until NATS is there');
}

/** A port at which everybody is turned away; resolves when that has happened often enough. */
async function closedDoor(): Promise<{ port: number; knocks: (times: number) => Promise<void> }> {
  let count = 0;
  const server = createServer((socket) => {
    count++;
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ended.push(() => new Promise((closed) => server.close(() => closed())));
  const { port } = server.address() as AddressInfo;
  const knocks = (times: number): Promise<void> =>
    vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(times), { timeout: 30_000 });
  return { port, knocks };
}

test('[B15] a node that does not reach NATS says so once, with address and option and without the password', async () => {
  const { port, knocks } = await closedDoor();
  const relay = await startRelay('--nats', `nats://relay:s3cret@127.0.0.1:${port}`);
  await relay.logs.until(isSaying, 'that no host is let in');
  await knocks(6);
  const lines = saying(relay);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`(--nats 127.0.0.1:${port}): NATS cannot be reached: `);
  expect(relay.logs.count('s3cret')).toBe(0);
});

test.concurrent.each<[string, NatsServerOptions, string, RegExp]>([
  [
    'no JetStream',
    { config: 'accounts { A { users [{ user: a, password: b }] } }\nno_auth_user: a' },
    '',
    /no JetStream/,
  ],
  [
    'the wrong password',
    { user: 'relay', password: 'right' },
    'relay:wrong@',
    /not let this node in.*Authorization/,
  ],
  [
    'no permission for JetStream',
    { config: 'authorization { users [{ user: a, password: b, permissions: { publish: "x.>" } }] }' },
    'a:b@',
    /does not permit this node what it needs.*\$JS\.API/,
  ],
])('[B15] a node that finds %s says once that no host is let in, and why', async (_, options, login, why) => {
  const address = await startNats(options);
  const relay = await startRelay('--nats', `nats://${login}${address}`);
  await relay.logs.until(isSaying, 'that no host is let in');
  // It has waited for many attempts by then.
  const host = await relay.connect();
  host.send(loginHost('SNEK'));
  await relay.expectEnded(host, 'backbone-away', 'SNEK');
  const lines = saying(relay).filter((line) => why.test(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`(--nats ${address})`);
});

test.each([
  [
    'may not hear its own subjects',
    '{ publish: ">", subscribe: "_INBOX.>" }',
    /link\.\S+, \S+orders\.\S+, \S+join\./,
  ],
  [
    'may not ask for seats',
    '{ publish: { deny: "*.join.>" }, subscribe: ">" }',
    /at carparty\.join\.\S+: its user/,
  ],
])('[B21] a node that %s says so in one line, and is not ready', async (_, permissions, which) => {
  const address = await startNats({
    config: `authorization { users [{ user: a, password: b, permissions: ${permissions} }] }`,
  });
  const relay = await startRelay('--nats', `nats://a:b@${address}`);
  await relay.logs.until(isSaying, 'what it does not hear');
  const host = await relay.connect();
  host.send(loginHost('SNEK'));
  await relay.expectEnded(host, 'backbone-away', 'SNEK');
  expect(saying(relay)).toEqual([expect.stringMatching(which)]);
  expect(relay.logs.count('does not permit')).toBe(0);
  expect((await fetch(relay.url('/readyz').replace('ws:', 'http:'))).status).toBe(503);
});

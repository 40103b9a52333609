/** The return of phones with keys, and that the driver finds a relay that does not keep what they missed. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Measurement } from '../../../bench/driver/job.js';
import { runJob } from '../../../bench/driver/run-job.js';

interface Login {
  readonly action: string;
  readonly $relay?: { readonly stream?: string };
}

/** A relay that only welcomes. @param onReturn what it says to a phone that comes back. */
async function startWelcoming(onReturn: readonly string[]): Promise<number> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const welcome = (socket: WebSocket, { action, $relay }: Login): void => {
    if (action === 'login_server') return;
    const words = $relay?.stream === undefined ? ['{"$relay":"welcome","stream":"s"}'] : onReturn;
    for (const each of words) socket.send(each);
  };
  server.on('connection', (socket) =>
    socket.once('message', (data: Buffer) => welcome(socket, JSON.parse(data.toString()) as Login)),
  );
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function comeBackTo(port: number): Promise<Measurement> {
  return runJob({
    ports: [port],
    placement: 'local',
    pid: process.pid,
    dialect: 'carparty',
    warmupMs: 10,
    measureMs: 100,
    silenceMs: 1000,
    workload: { kind: 'return', rooms: 2, players: 3, withinMs: 50 },
  });
}

const WELCOME = '{"$relay":"welcome","stream":"s","resumed":true}';

test('all phones come back, each with what it has missed', async () => {
  const { faults, messages, lastInMs } = await comeBackTo(await startWelcoming([WELCOME, '{"missed":true}']));
  expect(messages).toBe(6);
  expect(lastInMs).toBeGreaterThan(0);
  expect(faults).toMatchObject({ order: 0, bytes: 0 });
});

test('a stream that does not go on is a fault', async () => {
  const { faults } = await comeBackTo(await startWelcoming([WELCOME.replace('true', 'false')]));
  expect(faults).toMatchObject({ order: 6, bytes: 0 });
});

test('another message than the one that was missed is a fault', async () => {
  const { faults } = await comeBackTo(await startWelcoming([WELCOME, '{}']));
  expect(faults).toMatchObject({ order: 0, bytes: 6 });
});

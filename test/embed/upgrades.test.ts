// Rule C9: what is not a WebSocket of the relay's is as if the relay were not there.
import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Body, Controller, Get, Headers, Post, type INestApplication } from '@nestjs/common';
import { WebSocketGateway } from '@nestjs/websockets';
import { WebSocketServer } from 'ws';
import { expect, onTestFinished, test } from 'vitest';
import { RelayModule, RelayWsAdapter } from '../../src/index.js';
import { within } from '../harness/deadline.js';
import { RawPeer, upgradeRequest } from '../harness/raw-peer.js';
import { startBackend, type Backend, type Setup } from './backend.js';
import { Peers } from './peers.js';

@Controller('cats')
class CatsController {
  @Get()
  find(@Headers('upgrade') offered = 'nothing'): string {
    return `a cat, offered ${offered}`;
  }

  @Post()
  add(@Body() { name }: { name: string }): string {
    return `added ${name}`;
  }
}

@WebSocketGateway({ path: '/chat' })
class ChatGateway {}

function startWith(path: string, setup: Setup = {}): Promise<Backend> {
  const metadata = {
    imports: [RelayModule.forRoot({ path })],
    controllers: [CatsController],
    providers: [ChatGateway],
  };
  return startBackend(metadata, { relayPath: '/relay', ...setup });
}

async function rawPeer(port: number): Promise<RawPeer> {
  const peer = await RawPeer.connect(port);
  onTestFinished(() => peer.vanish());
  return peer;
}

/** What came back for a request with these headers. */
function ask(port: number, method: string, offered: string, body = ''): Promise<string> {
  const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: offered, 'HTTP2-Settings': 'AAMAAABk' };
  const content = body === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': body.length };
  const answered = new Promise<string>((resolve, reject) => {
    const sent = httpRequest(
      { port, method, path: '/cats', headers: { ...headers, ...content } },
      (answer) => {
        let text = `${answer.statusCode} `;
        answer.on('data', (chunk: Buffer) => (text += chunk.toString())).on('end', () => resolve(text));
      },
    );
    sent.on('error', reject).on('upgrade', () => reject(new Error('upgraded')));
    sent.end(body);
  });
  return within(answered, 'an answer');
}

async function expectParty(peers: Peers): Promise<void> {
  const host = await peers.host();
  await peers.expectParty(host, await peers.player(host, '467'));
}

/** Another listener for upgrades, as a plugin of the backend adds it: it ends whatever it does not know. */
function listenBeside(server: Server): void {
  const others = new WebSocketServer({ server, path: '/others' });
  others.on('connection', (socket) => socket.send('from the others'));
  onTestFinished(() => others.close());
}

const serverOf = (app: INestApplication): Server => app.getHttpServer() as Server;

const places: [string, string, Setup][] = [
  ['Express', '/relay', {}],
  ['Express, on any path', '*', {}],
  ['Fastify', '/relay', { fastify: true }],
  ['Fastify, on any path', '*', { fastify: true }],
  ['Express, beside another listener', '/relay', { prepare: (app) => listenBeside(serverOf(app)) }],
];

test.each(places)(
  '[C9] on %s, a request that offers h2c gets its ordinary answer',
  async (_, path, setup) => {
    const { port, peers } = await startWith(path, setup);
    expect(await ask(port, 'GET', 'h2c')).toBe('200 a cat, offered h2c');
    const name = 'x'.repeat(80_000);
    expect((await ask(port, 'POST', 'h2c', JSON.stringify({ name }))) === `201 added ${name}`).toBe(true);
    await expectParty(peers);
  },
);

test('[C9] requests behind one that offers an upgrade are answered on the same connection', async () => {
  const { port } = await startWith('/relay');
  const peer = await rawPeer(port);
  const offering = 'GET /cats HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n';
  const plain = 'GET /cats HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  peer.write(offering, plain);
  await within(peer.ended, 'the end');
  expect(await peer.head()).toContain('200 OK');
});

test('[C9] an upgrade offer that follows an unanswered request is answered after it', async () => {
  let held: (response: ServerResponse) => void = () => undefined;
  const asked = new Promise<ServerResponse>((resolve) => (held = resolve));
  const { port } = await startWith('/relay', {
    prepare: (app) => app.use('/slow', (_request: unknown, response: ServerResponse) => held(response)),
  });
  const offering = 'GET /cats HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n';
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /slow HTTP/1.1\r\nHost: a\r\n\r\n${offering}`);
  onTestFinished(() => void socket.destroy());
  const answers = text(socket);
  const response = await asked;
  expect(await ask(port, 'GET', 'h2c')).toContain('200');
  response.end('the slow one');
  expect(await within(answers, 'the answers')).toMatch(
    /the slow one[^]*HTTP\/1.1 200 OK[^]*a cat, offered h2c/,
  );
});

test('[C9] an upgrade to another protocol goes to the listener for it, and is ignored without one', async () => {
  const { port, app } = await startWith('*');
  expect(await ask(port, 'GET', 'tea')).toBe('200 a cat, offered tea');
  serverOf(app).on('upgrade', (_request: IncomingMessage, stream: Duplex) => {
    stream.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: tea\r\n\r\n');
  });
  await expect(ask(port, 'GET', 'tea')).rejects.toThrow('upgraded');
});

const moments: [string, Setup][] = [
  ['before the backend listens', { prepare: (app) => listenBeside(serverOf(app)) }],
  ['when the backend is made', { adapter: (app) => (listenBeside(serverOf(app)), new RelayWsAdapter(app)) }],
];
test.each(moments)(
  '[C9] WebSockets of other parts that listen %s go to them, and no WebSocket of the relay does',
  async (_, setup) => {
    const { peers, port } = await startWith('/relay', setup);
    const others = await peers.connect('/others');
    expect(await others.next()).toBe('from the others');
    await expectParty(peers);
    await expect(peers.connect('/nobody')).rejects.toThrow();
    await peers.connect('/chat');
    expect(await ask(port, 'GET', 'h2c')).toBe('200 a cat, offered h2c');
  },
);

test('[C9] WebSockets of other parts that start listening later go to them', async () => {
  const { peers, app } = await startWith('/relay');
  listenBeside(serverOf(app));
  expect(await (await peers.connect('/others')).next()).toBe('from the others');
  await expectParty(peers);
});

test('[C9] a WebSocket on a path that no part serves gets the plain answer of its path, and ends', async () => {
  const { port } = await startWith('/relay');
  const peer = await rawPeer(port);
  peer.write(upgradeRequest('/nobody'));
  expect(await peer.head()).toContain('404 Not Found');
  await within(peer.ended, 'the end');
});

test('[C9] the relay serves each HTTP server that it is bound to', async () => {
  let second: Server | undefined;
  const { app, logs } = await startWith('/relay', {
    adapter: (made) => {
      second = createServer(made.getHttpAdapter().getInstance() as Parameters<typeof createServer>[0]);
      return new RelayWsAdapter(made).serve(second);
    },
  });
  if (second === undefined) throw new Error('no server');
  await once(second.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void second?.close());
  const { port } = second.address() as AddressInfo;
  const peers = new Peers(port, logs, '/relay');
  onTestFinished(() => peers.dispose());
  await expectParty(peers);
  expect(await ask(port, 'GET', 'h2c')).toBe('200 a cat, offered h2c');
  await within(app.close(), 'the backend to close');
  expect(second.listenerCount('upgrade')).toBe(0);
});

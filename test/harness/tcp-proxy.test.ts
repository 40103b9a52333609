// The network that tests cut, itself under test.
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Inbox } from './inbox.js';
import { TcpProxy } from './tcp-proxy.js';

/** One end of a connection, and what it hears: bytes as text, then `end` and `close`, or an error's code. */
class End {
  readonly heard = new Inbox<string>();

  constructor(readonly socket: Socket) {
    socket.setNoDelay(true).setEncoding('utf8');
    socket.on('data', (text: string) => this.heard.put(text));
    socket.on('end', () => this.heard.put('end'));
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => this.heard.put(code));
    socket.on('close', () => this.heard.put('close'));
  }

  next(): Promise<string> {
    return this.heard.next('something at an end of a connection');
  }
}

const accepted = new Inbox<End>();
let server: Server;
let proxy: TcpProxy;

beforeAll(async () => {
  server = createServer({ allowHalfOpen: true }, (socket) => accepted.put(new End(socket)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(async () => {
  proxy = await TcpProxy.to((server.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  expect(proxy.connections).toBe(0);
});
afterAll(() => server.close());

function reach(port: number): End {
  return new End(connect({ port, host: '127.0.0.1', allowHalfOpen: true }));
}

async function pair(): Promise<[near: End, far: End]> {
  return [reach(proxy.port), await accepted.next('a connection at the target')];
}

test('bytes and ends pass through, each direction by itself', async () => {
  const [near, far] = await pair();
  near.socket.write('there');
  expect(await far.next()).toBe('there');
  near.socket.end();
  expect(await far.next()).toBe('end');
  far.socket.end('and back');
  expect(await near.heard.take(3, 'the answer')).toEqual(['and back', 'end', 'close']);
});

test('a reset passes through', async () => {
  const [near, far] = await pair();
  near.socket.write('there');
  await far.next();
  far.socket.resetAndDestroy();
  expect(await near.next()).toBe('ECONNRESET');
});

test('stranded connections go silent, new ones work, and in the end each byte arrives once', async () => {
  const [near, far] = await pair();
  near.socket.write('1');
  expect(await far.next()).toBe('1');
  proxy.strand();
  near.socket.write('2');
  const [newNear, newFar] = await pair();
  newNear.socket.write('3');
  expect(await newFar.next()).toBe('3');
  expect(far.heard.waiting).toEqual([]);
  proxy.heal();
  expect(await far.next()).toBe('2');
  newNear.socket.end('4');
  expect(await newFar.heard.take(2, 'what follows')).toEqual(['4', 'end']);
});

test('a connection that is stranded in one direction goes on in the other', async () => {
  const [near, far] = await pair();
  near.socket.write('1');
  expect(await far.next()).toBe('1');
  proxy.strand('up');
  near.socket.write('2');
  far.socket.write('3');
  expect(await near.next()).toBe('3');
  proxy.heal();
  expect(await far.next()).toBe('2');
  proxy.strand('down');
  far.socket.write('4');
  near.socket.write('5');
  expect(await far.next()).toBe('5');
  expect(near.heard.waiting).toEqual([]);
  proxy.heal();
  expect(await near.next()).toBe('4');
});

test('while the network is cut both sides hear nothing, and afterwards everything, in order', async () => {
  const [near, far] = await pair();
  near.socket.write('1');
  expect(await far.next()).toBe('1');
  proxy.cut();
  near.socket.write('2');
  far.socket.write('3');
  const late = reach(proxy.port);
  late.socket.write('4');
  const [other, otherFar] = [await otherProxy(), await accepted.next('a connection on another network')];
  other.near.socket.end('fence');
  expect(await otherFar.heard.take(2, 'the fence')).toEqual(['fence', 'end']);
  otherFar.socket.end();
  await other.proxy.close();
  expect([near, far, late].map(({ heard }) => heard.waiting)).toEqual([[], [], []]);
  expect(accepted.waiting).toEqual([]);
  proxy.heal();
  expect(await far.next()).toBe('2');
  expect(await near.next()).toBe('3');
  expect(await (await accepted.next('the late connection')).next()).toBe('4');
});

test('a peer that dies behind a cut turns out dead when the network heals', async () => {
  const [near, far] = await pair();
  near.socket.write('1');
  await far.next();
  proxy.cut();
  far.socket.resetAndDestroy();
  await far.next();
  near.socket.write('2');
  expect(near.heard.waiting).toEqual([]);
  proxy.heal();
  expect(await near.next()).toBe('ECONNRESET');
});

test('a reset of the network ends all connections at both ends, and new ones work', async () => {
  const [near, far] = await pair();
  near.socket.write('1');
  await far.next();
  proxy.reset();
  expect(await Promise.all([near.next(), far.next()])).toEqual(['ECONNRESET', 'ECONNRESET']);
  const [again, farAgain] = await pair();
  again.socket.write('2');
  expect(await farAgain.next()).toBe('2');
});

async function otherProxy(): Promise<{ proxy: TcpProxy; near: End }> {
  const other = await TcpProxy.to((server.address() as AddressInfo).port);
  return { proxy: other, near: reach(other.port) };
}

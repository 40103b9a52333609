// A big screen takes its party back from a connection that hangs, on relays that know nothing of that.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Inbox } from '../harness/inbox.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { newStore, turnTo, useWindow } from './by-hand.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';
import { BuiltRelay, relays } from './relays.js';

describe.each(relays)('on %s', (_, make) => {
  usePeers();
  useWindow();
  const relay = make();
  let network: TcpProxy;
  let host: TestHost;
  let closed: Inbox<number>;
  let made = 0;
  /** Tells which of the host's connections has ended, counted from 1. */
  class WatchedSocket extends WebSocket {
    constructor(url: string) {
      super(url);
      const number = ++made;
      this.on('close', () => closed.put(number));
    }
  }
  beforeAll(() => relay.start());
  afterAll(() => relay.stop());
  beforeEach(async () => {
    network = await TcpProxy.to(Number(new URL(relay.url).port));
    closed = new Inbox();
    made = 0;
    host = await TestHost.open({ url: `ws://127.0.0.1:${network.port}`, WebSocket: WatchedSocket });
  });
  afterEach(() => network.close());

  async function wake(): Promise<void> {
    vi.useFakeTimers({ toFake: ['Date'] });
    await turnTo('hidden');
    await turnTo('visible', 60_000);
  }

  test('a screen whose connection is alive keeps it when it wakes up', async () => {
    const mia = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    expect(await host.next()).toBe('+mia');
    await wake();
    const looking = await closed.next('the end of the look');
    mia.player.send({ say: 'still here' });
    expect(await host.next()).toBe('mia: {"say":"still here"}');
    expect(host.host).toMatchObject({ status: { state: 'joined' }, players: ['mia'] });
    expect([looking, ...closed.waiting]).toEqual([2]);
  });

  test('a screen whose connection hangs gets its party back as soon as the relay drops the old connection', async () => {
    const { code } = host.host;
    network.strand();
    await wake();
    expect((await host.statuses.until('waiting'))?.code).toBe('taking-back');
    network.heal();
    await host.statuses.until('joined');
    expect(host.host.code).toBe(code);
    new TestPlayer({ url: relay.url, clientId: 'mia', code });
    expect(await host.next()).toBe('+mia');
  });
});

describe('on a relay that ends silent hosts after two seconds', () => {
  usePeers();
  useWindow();
  const relay = new BuiltRelay(['--host-silence', '2']);
  let network: TcpProxy;
  beforeAll(async () => {
    await relay.start();
    network = await TcpProxy.to(Number(new URL(relay.url).port));
  });
  afterAll(async () => {
    await network.close();
    await relay.stop();
  });

  test('a screen that was reloaded while its connection hung gets its code and its players back', async () => {
    const store = newStore();
    const before = await TestHost.open({ url: `ws://127.0.0.1:${network.port}`, store });
    const { code } = before.host;
    const mia = new TestPlayer({ url: relay.url, clientId: 'mia', code });
    expect(await before.next()).toBe('+mia');
    network.strand();
    const after = new TestHost({ url: relay.url, preferredCode: code, store });
    expect((await after.statuses.until('waiting'))?.code).toBe('taking-back');
    await after.statuses.until('joined');
    expect(after.host.code).toBe(code);
    expect(await after.next()).toBe('+mia');
    await mia.statuses.until('waiting');
  });
});

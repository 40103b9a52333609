// A big screen takes its party back from a connection that hangs, on relays that know nothing of that.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Store } from '../../client/src/index.js';
import { Inbox } from '../harness/inbox.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { newStore, turnTo, useWindow } from './by-hand.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';
import { BuiltRelay, relays } from './relays.js';

/** What a store holds at this moment. */
function copyOf(store: Store): Store {
  const copy = newStore();
  for (const name of ['carparty:key', 'carparty:hosted']) copy.setItem(name, store.getItem(name) ?? '');
  return copy;
}

describe.each(relays)('on %s', (_, make, returns) => {
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

  test('a screen whose connection is alive keeps its players when it wakes up', async () => {
    const mia = new TestPlayer({ url: relay.url, clientId: 'mia', code: host.host.code });
    expect(await host.next()).toBe('+mia');
    await wake();
    const first = await closed.next('the end of the look, or of the connection that was replaced');
    mia.player.send({ say: 'still here' });
    expect(await host.next()).toBe('mia: {"say":"still here"}');
    expect(host.host).toMatchObject({ status: { state: 'joined' }, players: ['mia'] });
    expect([first, ...closed.waiting]).toEqual([returns ? 1 : 2]);
  });

  test('a screen whose connection hangs gets its party back: at once, or as soon as the relay drops the old connection', async () => {
    const { code } = host.host;
    network.strand();
    await wake();
    if (!returns) {
      expect((await host.statuses.until('waiting'))?.code).toBe('taking-back');
      network.heal();
    }
    await host.statuses.until('connecting');
    await host.statuses.until('joined');
    expect(host.host.code).toBe(code);
    new TestPlayer({ url: relay.url, clientId: 'mia', code });
    expect(await host.next()).toBe('+mia');
  });
});

describe('on the built relay', () => {
  usePeers();
  const relay = new BuiltRelay();
  let network: TcpProxy;
  let store: Store;
  let before: TestHost;
  let mia: TestPlayer;
  beforeAll(() => relay.start());
  afterAll(() => relay.stop());
  beforeEach(async () => {
    store = newStore();
    network = await TcpProxy.to(Number(new URL(relay.url).port));
    before = await TestHost.open({ url: `ws://127.0.0.1:${network.port}`, store });
    mia = new TestPlayer({ url: relay.url, clientId: 'mia', code: before.host.code });
    expect(await before.next()).toBe('+mia');
    await mia.statuses.until('joined');
  });
  afterEach(() => network.close());

  async function isWhole(screen: TestHost): Promise<void> {
    expect(screen.host.code).toBe(before.host.code);
    mia.player.send({ say: 'still here' });
    expect(await screen.next()).toBe('mia: {"say":"still here"}');
    screen.host.sendTo('mia', { say: 'welcome back' });
    expect(await mia.next()).toEqual({ say: 'welcome back' });
    expect(mia.player.status.state).toBe('joined');
  }

  test('a screen that is reloaded while its connection hangs has its code and its players at once', async () => {
    network.strand();
    const after = await TestHost.open({ url: relay.url, store });
    expect(await after.next()).toBe('+mia');
    await isWhole(after);
  });

  test('phones wait for a screen that crashed, and are with it when it has been started again', async () => {
    const kept = copyOf(store);
    network.reset();
    // The page is gone; one that closes its party would also forget it.
    before.host.close();
    expect(await mia.statuses.until('waiting')).toMatchObject({
      code: 'host-away',
      text: 'The big screen is away. Waiting for it to come back.',
    });
    const after = await TestHost.open({ url: relay.url, store: kept });
    expect(await after.next()).toBe('+mia');
    await mia.statuses.until('joined');
    await isWhole(after);
  });

  test('a screen whose network breaks for a moment misses nothing, and its phones neither', async () => {
    const host: unknown[] = [];
    mia.player.on('host', (...said) => host.push(said));
    network.reset();
    await mia.statuses.until('waiting');
    mia.player.send({ say: 'I waited' });
    before.host.sendTo('mia', { say: 'so did I' });
    expect(await before.next()).toBe('mia: {"say":"I waited"}');
    expect(await mia.next()).toEqual({ say: 'so did I' });
    await isWhole(before);
    expect(host).toEqual([['away'], ['back', { resumed: true }]]);
  });
});

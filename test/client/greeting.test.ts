// Who comes back: the game hears of it once, whatever became of the connection before, and greets a page that has seen nothing.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TcpProxy } from '../harness/tcp-proxy.js';
import type { Store } from '../../client/src/index.js';
import { newStore, tellWindow, turnTo, useWindow } from './by-hand.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';
import { relays } from './relays.js';

usePeers();
useWindow();

/** How a phone comes to have another connection. Returns the page that it then shows. */
type Way = (mia: TestPlayer, again: () => TestPlayer) => TestPlayer | Promise<TestPlayer>;

function reload(mia: TestPlayer, again: () => TestPlayer): TestPlayer {
  mia.player.close();
  return again();
}

function retry(mia: TestPlayer): TestPlayer {
  mia.player.retry();
  return mia;
}

async function wake(mia: TestPlayer): Promise<TestPlayer> {
  vi.useFakeTimers({ toFake: ['Date'] });
  await turnTo('hidden');
  await turnTo('visible', 25_000);
  return mia;
}

async function changeNetwork(mia: TestPlayer): Promise<TestPlayer> {
  await tellWindow('offline');
  await tellWindow('online');
  return mia;
}

const ways: [string, Way][] = [
  ['reloads', reload],
  ['tries again', retry],
  ['wakes up', wake],
  ['changes its network', changeNetwork],
];

describe.each(relays)('on %s', (_, make, returns) => {
  const relay = make();
  let network: TcpProxy;
  let host: TestHost;
  let mia: TestPlayer;
  let store: Store;
  const again = (): TestPlayer =>
    new TestPlayer({ url: `ws://127.0.0.1:${network.port}`, clientId: 'mia', code: host.host.code, store });

  beforeAll(() => relay.start());
  afterAll(() => relay.stop());
  beforeEach(async () => {
    // A phone that lost its connection waits for the longest pause, unless it comes back in a way of the table.
    vi.spyOn(Math, 'random').mockReturnValue(1);
    store = newStore();
    network = await TcpProxy.to(Number(new URL(relay.url).port));
    host = await TestHost.open({ url: relay.url });
    mia = again();
    expect(await host.next()).toBe('+mia');
    await mia.statuses.until('joined');
  });
  afterEach(() => network.close());

  /** What the game hears of a phone that it knew to be lost, or did not. */
  function news(way: string, wasMissed: boolean): string[] {
    if (!returns) return [wasMissed ? '+mia' : '+mia back'];
    if (way === 'reloads') return ['mia begins again', '+mia back'];
    return wasMissed ? ['mia goes on'] : [];
  }

  /** The game hears this and nothing else: what else was to come would have come before the messages. */
  async function hears(expected: string[], now: TestPlayer): Promise<void> {
    now.player.send({ say: 'here' });
    const all = [...expected, 'mia: {"say":"here"}'];
    expect(await host.news.take(all.length, 'news of the players')).toEqual(all);
    expect(host.host.players).toEqual(['mia']);
    host.host.sendTo('mia', { say: 'welcome' });
    expect(await now.next()).toEqual({ say: 'welcome' });
  }

  test.each(ways)(
    'the game hears once of a phone that %s after its connection was closed',
    async (way, comeBack) => {
      network.reset();
      expect(await host.next()).toBe(returns ? 'mia away' : '-mia');
      await mia.statuses.until('waiting');
      await hears(news(way, true), await comeBack(mia, again));
    },
  );

  test.each(ways)(
    'the game hears once of a phone that %s while its connection hangs',
    async (way, comeBack) => {
      network.strand();
      await hears(news(way, false), await comeBack(mia, again));
    },
  );

  test.each(ways)(
    'a phone that %s is not gone when its old connection closes late',
    async (way, comeBack) => {
      network.strand();
      const now = await comeBack(mia, again);
      await hears(news(way, false), now);
      network.heal();
      await vi.waitFor(() => expect(network.connections).toBe(1), { timeout: 60_000 });
      await hears([], now);
      now.player.close();
      expect(await host.next()).toBe('-mia');
    },
  );
});

// Who comes back has seen nothing: the host greets each connection, whatever became of the one before.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { tellWindow, turnTo, useWindow } from './by-hand.js';
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

describe.each(relays)('on %s', (_, make) => {
  const relay = make();
  let network: TcpProxy;
  let host: TestHost;
  let mia: TestPlayer;
  const again = (): TestPlayer =>
    new TestPlayer({ url: `ws://127.0.0.1:${network.port}`, clientId: 'mia', code: host.host.code });

  beforeAll(() => relay.start());
  afterAll(() => relay.stop());
  beforeEach(async () => {
    // A phone that lost its connection waits for the longest pause, unless it comes back in a way of the table.
    vi.spyOn(Math, 'random').mockReturnValue(1);
    network = await TcpProxy.to(Number(new URL(relay.url).port));
    host = await TestHost.open({ url: relay.url });
    mia = again();
    expect(await host.next()).toBe('+mia');
    await mia.statuses.until('joined');
  });
  afterEach(() => network.close());

  /** Whatever else was to come from the players would have come before this. */
  async function nothingElse(now: TestPlayer): Promise<void> {
    now.player.send({ say: 'here' });
    expect(await host.next()).toBe('mia: {"say":"here"}');
    expect(host.host.players).toEqual(['mia']);
    host.host.sendTo('mia', { say: 'welcome' });
    expect(await now.next()).toEqual({ say: 'welcome' });
  }

  test.each(ways)(
    'a phone that %s after its connection was closed is greeted once',
    async (_way, comeBack) => {
      network.reset();
      expect(await host.next()).toBe('-mia');
      await mia.statuses.until('waiting');
      const now = await comeBack(mia, again);
      expect(await host.next()).toBe('+mia');
      await nothingElse(now);
    },
  );

  test.each(ways)('a phone that %s while its connection hangs is greeted once', async (_way, comeBack) => {
    network.strand();
    const now = await comeBack(mia, again);
    expect(await host.next()).toBe('+mia back');
    await nothingElse(now);
  });

  test.each(ways)(
    'a phone that %s is not gone when its old connection closes late',
    async (_way, comeBack) => {
      network.strand();
      const now = await comeBack(mia, again);
      expect(await host.next()).toBe('+mia back');
      network.heal();
      await vi.waitFor(() => expect(network.connections).toBe(1), { timeout: 60_000 });
      await nothingElse(now);
      now.player.close();
      expect(await host.next()).toBe('-mia');
    },
  );
});

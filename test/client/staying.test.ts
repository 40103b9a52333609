// Real sockets, a network that breaks, and the built relay: each message arrives once and in order, and tabs do not fight.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { PartyPlayer, Store } from '../../client/src/index.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { newStore } from './by-hand.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';
import { BuiltRelay } from './relays.js';

usePeers();
const relay = new BuiltRelay();
let network: TcpProxy;
let url: string;

beforeAll(() => relay.start());
afterAll(() => relay.stop());
beforeEach(async () => {
  network = await TcpProxy.to(Number(new URL(relay.url).port));
  url = `ws://127.0.0.1:${network.port}`;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await network.close();
});

/** As a page has it, which cannot reset a connection. */
class PageSocket extends WebSocket {
  override terminate = undefined as never;
}

/** Small numbers that look random, and are the same for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1));
}

test.each([1, 2, 3, 4, 5, 6])(
  'whatever the network does, each message arrives once and in order, both ways (seed %i)',
  async (seed) => {
    const roll = dice(seed);
    const host = await TestHost.open({ url, WebSocket: roll(2) ? WebSocket : PageSocket });
    const code = host.host.code;
    const mia = new TestPlayer({ url, code, clientId: 'mia', WebSocket: roll(2) ? WebSocket : PageSocket });
    expect(await host.next()).toBe('+mia');
    const faults = [
      (): void => network.reset(),
      (): void => network.strand(),
      (): void => network.heal(),
      (): void => mia.player.retry(),
      (): void => host.host.retry(),
    ];
    for (let n = 1; n <= 60; n++) {
      mia.player.send({ say: String(n) });
      host.host.sendTo('mia', { say: String(n) });
      if (roll(6) === 0) faults[roll(faults.length)]?.();
      await new Promise((resolve) => setTimeout(resolve, roll(12)));
    }
    mia.player.retry();
    host.host.retry();
    const heard: string[] = [];
    while (heard.at(-1) !== '60') {
      const [, text] = (await host.next()).split(': ');
      if (text) heard.push((JSON.parse(text) as { say: string }).say);
    }
    const received = await mia.messages.take(60, 'messages of the host');
    expect(heard).toEqual(numbers(60));
    expect(received.map((message) => (message as { say: string }).say)).toEqual(numbers(60));
    expect(mia.messages.waiting).toEqual([]);
  },
);

test('a page that replaces its connection ten times in a row is the same player all the time', async () => {
  const host = await TestHost.open({ url });
  const mia = new TestPlayer({ url, code: host.host.code, clientId: 'mia', WebSocket: PageSocket });
  expect(await host.next()).toBe('+mia');
  for (let n = 0; n < 10; n++) {
    mia.player.send({ say: String(n) });
    mia.player.retry();
  }
  for (let n = 0; n < 10; n++) expect(await host.next()).toBe(`mia: {"say":"${n}"}`);
  host.host.broadcast({ say: 'all' });
  expect(await mia.next()).toEqual({ say: 'all' });
  expect([host.news.waiting, mia.messages.waiting]).toEqual([[], []]);
});

test('of a tab and its duplicate one goes on, and the other says that the game is open twice', async () => {
  const host = await TestHost.open({ url });
  const store = newStore();
  const tab = (): TestPlayer => new TestPlayer({ url, code: host.host.code, clientId: 'mia', store });
  const first = tab();
  await first.statuses.until('joined');
  const second = tab();
  // The first one takes its place back once, as it might have met its own late login; so does the second.
  expect((await first.statuses.until('ended'))?.text).toBe('This game is open in another tab or window.');
  await vi.waitFor(() => expect(second.player.status.state).toBe('joined'), { timeout: 60_000 });
  expect(host.host.players).toEqual(['mia']);
  host.news.drain();
  second.player.send({ say: 'here' });
  await vi.waitFor(() => expect(host.news.waiting).toContain('mia: {"say":"here"}'), { timeout: 60_000 });
});

test('without a store each tab is a player beside the other, unless the game wants unique ids', async () => {
  const host = await TestHost.open({ url });
  const tab = ({ code }: { code: string }): PartyPlayer =>
    new TestPlayer({ url, code, clientId: 'mia' }).player as never;
  tab(host.host);
  tab(host.host);
  expect(await host.news.take(2, 'two players')).toEqual(['+mia', '+mia back']);
  const strict = await TestHost.open({ url, unique: true });
  tab(strict.host);
  expect(await strict.next()).toBe('+mia');
  const late = tab(strict.host);
  await vi.waitFor(
    () => expect(late.status).toMatchObject({ state: 'ended', reason: { code: 'id-taken' } }),
    {
      timeout: 60_000,
    },
  );
});

test('who leaves is gone at once, and who is lost has the grace that the host asked for', async () => {
  const host = await TestHost.open({ url: relay.url, grace: 1_000 });
  const { code } = host.host;
  const [mia, ben] = ['mia', 'ben'].map(
    (clientId) => new TestPlayer({ url, code, clientId, maxPause: 60_000 }),
  );
  expect((await host.news.take(2, 'two players')).sort()).toEqual(['+ben', '+mia']);
  mia?.player.close();
  expect(await host.next()).toBe('-mia');
  // The longest pause that there is: the phone does not come back.
  vi.spyOn(Math, 'random').mockReturnValue(1);
  await ben?.statuses.until('joined');
  network.cut();
  network.reset();
  expect(await host.next()).toBe('ben away');
  expect(host.host.players).toEqual(['ben']);
  expect(await host.next()).toBe('-ben');
});

test('a reloaded phone keeps its place, and its page is greeted as one that has seen nothing', async () => {
  const host = await TestHost.open({ url: relay.url });
  const store: Store = newStore();
  const page = (): TestPlayer => new TestPlayer({ url, code: host.host.code, clientId: 'mia', store });
  const before = page();
  expect(await host.next()).toBe('+mia');
  await before.statuses.until('joined');
  network.strand();
  const after = page();
  expect(await host.news.take(2, 'the return')).toEqual(['mia begins again', '+mia back']);
  host.host.sendTo('mia', { say: 'welcome back' });
  expect(await after.next()).toEqual({ say: 'welcome back' });
  expect(host.host.players).toEqual(['mia']);
});

test('a screen that hears nothing asks the relay, and is back as soon as that has dropped its connection', async () => {
  const strict = new BuiltRelay(['--host-silence', '2', '--max-hold', '0']);
  await strict.start();
  const path = await TcpProxy.to(Number(new URL(strict.url).port));
  try {
    const host = await TestHost.open({ url: `ws://127.0.0.1:${path.port}` });
    path.strand();
    await host.statuses.until('connecting');
    await host.statuses.until('joined');
    const mia = new TestPlayer({ url: strict.url, code: host.host.code, clientId: 'mia' });
    expect(await host.next()).toBe('+mia');
    await mia.statuses.until('joined');
  } finally {
    await path.close();
    await strict.stop();
  }
});

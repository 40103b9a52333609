// An answer of /v1/why that is about an earlier login ends no peer, whatever the clock of the device says.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { PartyPlayer } from '../../client/src/index.js';
import { TcpProxy } from '../harness/tcp-proxy.js';
import { join, newPlayer, useHands } from './by-hand.js';
import { FakeSocket } from './fake-socket.js';
import { TestHost, TestPlayer, usePeers } from './peers.js';
import { BuiltRelay } from './relays.js';

const DAY = 86_400_000;

describe('by hand', () => {
  useHands();

  /** How far the clock of the relay is ahead of the device's. */
  let ahead = 0;
  /** When the refusal happened that the relay remembers, by the clock of the device. */
  let refusedAt = 0;

  beforeEach(() => {
    ahead = 0;
  });

  /** The relay, or a proxy in front of it, dates its answers, and a page may read that or not. */
  function remember(isDated = true): void {
    refusedAt = Date.now();
    vi.stubGlobal('fetch', () => {
      const at = new Date(refusedAt + ahead).toISOString();
      const date = new Date(Date.now() + ahead).toUTCString();
      const answer = {
        ending: 'no-such-code',
        rule: 'L5',
        at,
        hint: 'No game is running under SNEK.',
        refused: true,
      };
      return Promise.resolve(Response.json(answer, isDated ? { headers: { date } } : {}));
    });
  }

  /** A middlebox closes the connection as the relay would. */
  async function close(): Promise<void> {
    FakeSocket.last.end(1005);
    await vi.advanceTimersByTimeAsync(1);
  }

  async function refuse(isDated?: boolean): Promise<PartyPlayer> {
    const player = newPlayer();
    FakeSocket.last.open();
    remember(isDated);
    await close();
    return player;
  }

  test.each([-400 * DAY, -DAY, 0, DAY])(
    'a phone whose clock is %i ms off believes a fresh refusal',
    async (skew) => {
      ahead = skew;
      expect((await refuse()).status).toMatchObject({ state: 'ended', reason: { code: 'no-such-code' } });
    },
  );

  test.each([-400 * DAY, -DAY, 0, DAY])(
    'a phone whose clock is %i ms off ignores a refusal from before its page was loaded',
    async (skew) => {
      ahead = skew;
      remember();
      await vi.advanceTimersByTimeAsync(10_000);
      const player = newPlayer();
      await join();
      await close();
      expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'closed' } });
    },
  );

  test.each([true, false])(
    'an answer that the page has seen before is not about this login (dated: %s)',
    async (isDated) => {
      const player = await refuse(isDated);
      expect(player.status.state).toBe('ended');
      player.retry();
      await join();
      await close();
      expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'closed' } });
    },
  );

  test('a player that has heard its host was not refused', async () => {
    const player = newPlayer();
    remember(false);
    FakeSocket.last.open();
    FakeSocket.last.say('{"say":"welcome"}');
    await close();
    expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'closed' } });
  });

  test('a refusal cannot come ten seconds after the login', async () => {
    const player = newPlayer();
    await join();
    remember(false);
    await vi.advanceTimersByTimeAsync(10_000);
    await close();
    expect(player.status).toMatchObject({ state: 'waiting', reason: { code: 'closed' } });
  });

  test('a late refusal is believed for as long as it is possible', async () => {
    const player = newPlayer();
    await join();
    await vi.advanceTimersByTimeAsync(1_000);
    remember();
    await close();
    expect(player.status).toMatchObject({ state: 'ended', reason: { code: 'no-such-code' } });
  });
});

describe('on the built relay', () => {
  usePeers();
  const relay = new BuiltRelay();
  beforeEach(() => relay.start());
  afterEach(async () => {
    vi.useRealTimers();
    await relay.stop();
  });

  test.each([-DAY, DAY])('a phone whose clock is %i ms off tells old answers from new ones', async (skew) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skew });
    const sockets: WebSocket[] = [];
    class Kept extends WebSocket {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    const network = await TcpProxy.to(Number(new URL(relay.url).port));
    const url = `ws://127.0.0.1:${network.port}`;
    const mia = new TestPlayer({ url, clientId: 'mia', code: 'KDRP', WebSocket: Kept });
    expect((await mia.statuses.until('ended'))?.code).toBe('no-such-code');
    const host = await TestHost.open({ url: relay.url, code: 'KDRP' });
    mia.player.retry();
    expect(await host.next()).toBe('+mia');
    await mia.statuses.until('joined');
    // As a middlebox does it: with a close frame, and without a word to the relay.
    network.strand();
    sockets.at(-1)?.emit('close', 1005, Buffer.alloc(0));
    await mia.statuses.until('joined');
    mia.player.send({ say: 'here' });
    expect(await host.next()).toBe('mia: {"say":"here"}');
    await network.close();
  });
});

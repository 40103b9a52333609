// Peers that ask whether they are connected, on either platform.
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Connection } from '../../harness/connection.js';
import { connectNotice, disconnectNotice } from '../../harness/notices.js';
import { loginHost, loginPlayer } from '../../harness/relay.js';
import { type Askers, LOOPBACK, startAskable } from './asking.js';

const HERE = '198.51.100.1';
const ELSEWHERE = '198.51.100.2';
const HOST = { server_code: 'SNEK' };
const PLAYER = { ...HOST, client_id: '467' };
const START = Date.parse('2026-01-31T20:15:00.000Z');

/** `2026-01-31T20:15:07.000Z`, that many seconds after the start of the test. */
function at(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString();
}

// Both clocks stand still unless a test lets time pass; the timers of the relay and of the harness go on.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: START });
  onTestFinished(() => void vi.useRealTimers());
});

function pass(seconds: number): void {
  vi.advanceTimersByTime(seconds * 1_000);
}

async function openRoom(askers: Askers, address = HERE): Promise<Connection> {
  const host = await askers.saying(address, loginHost('SNEK'));
  await host.loggedIn();
  return host;
}

async function join(askers: Askers, host: Connection, address = HERE, id = '467'): Promise<Connection> {
  const player = await askers.saying(address, loginPlayer('SNEK', id));
  expect(await host.next()).toBe(connectNotice(id));
  return player;
}

describe.each([
  ['Express', { fastify: false }],
  ['Fastify', { fastify: true }],
])('on %s', (_, platform) => {
  test('[O26] a player and a host learn since when they are connected, and what time it is', async () => {
    const askers = await startAskable(platform);
    const host = await openRoom(askers);
    pass(5);
    await join(askers, host);
    pass(60);
    const answer = { ending: null, now: at(65) };
    const { status, body } = await askers.ask(HERE, PLAYER);
    expect({ status, body }).toEqual({ status: 200, body: { ...answer, connected: [{ since: at(5) }] } });
    expect((await askers.ask(HERE, HOST)).body).toEqual({ ...answer, connected: [{ since: at(0) }] });
  });

  test('[O26] a connection counts from its login, not from its first byte', async () => {
    const askers = await startAskable(platform);
    const host = await openRoom(askers);
    const player = await askers.opening(HERE);
    pass(5);
    expect((await askers.ask(HERE, PLAYER)).body).toMatchObject({ connected: [] });
    player.send(loginPlayer('SNEK', '467'));
    await host.next();
    expect((await askers.ask(HERE, PLAYER)).body).toMatchObject({ connected: [{ since: at(5) }] });
  });

  test('[O26] two connections of one player are two, the newest first, and one that has ended does not count', async () => {
    const askers = await startAskable(platform);
    const host = await openRoom(askers);
    const first = await join(askers, host);
    pass(1);
    await join(askers, host);
    const both = { ending: null, now: at(1), connected: [{ since: at(1) }, { since: at(0) }] };
    expect((await askers.ask(HERE, PLAYER)).body).toEqual(both);
    first.send('oops');
    await first.closed();
    pass(1);
    const { status, body } = await askers.ask(HERE, PLAYER);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ending: 'not-json', at: at(1), now: at(2), connected: [{ since: at(1) }] });
  });

  test('[O26] who has left is not connected, and neither is a player whose host has left', async () => {
    const askers = await startAskable(platform);
    const host = await openRoom(askers);
    await (await join(askers, host)).leave();
    expect(await host.next()).toBe(disconnectNotice('467'));
    expect((await askers.ask(HERE, PLAYER)).body).toMatchObject({ ending: 'left', connected: [] });
    const player = await join(askers, host);
    await host.leave();
    await player.closed();
    expect((await askers.ask(HERE, PLAYER)).body).toMatchObject({ ending: 'host-left', connected: [] });
    expect((await askers.ask(HERE, HOST)).body).toMatchObject({ ending: 'left', connected: [] });
  });

  test('[O26] another address, another code and another id learn nothing of a connection', async () => {
    const askers = await startAskable(platform);
    const host = await openRoom(askers);
    await join(askers, host);
    pass(1);
    const nothing = { status: 404, body: { ending: null, now: at(1), connected: [] } };
    for (const address of [ELSEWHERE, LOOPBACK]) {
      for (const query of [PLAYER, HOST]) expect(await askers.ask(address, query)).toMatchObject(nothing);
    }
    for (const query of [
      { ...PLAYER, server_code: 'snek' },
      { ...PLAYER, client_id: '468' },
    ]) {
      expect(await askers.ask(HERE, query)).toMatchObject(nothing);
    }
  });

  test('[O26] players who share an id learn only of connections from the address of each', async () => {
    const askers = await startAskable(platform);
    const host = await openRoom(askers);
    await join(askers, host);
    pass(1);
    await join(askers, host, ELSEWHERE);
    expect((await askers.ask(HERE, PLAYER)).body).toMatchObject({ connected: [{ since: at(0) }] });
    expect((await askers.ask(ELSEWHERE, PLAYER)).body).toMatchObject({ connected: [{ since: at(1) }] });
  });

  test('[O26] a clock that is set a day forward, or back, makes no connection older or younger', async () => {
    const askers = await startAskable(platform);
    await openRoom(askers);
    pass(7);
    for (const seconds of [86_400, -86_400]) {
      vi.setSystemTime(START + seconds * 1_000);
      const { body } = await askers.ask(HERE, HOST);
      expect(body).toMatchObject({ now: at(seconds), connected: [{ since: at(seconds - 7) }] });
    }
  });
});

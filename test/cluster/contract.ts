// What every backbone keeps: the same tests for a relay that is alone, for many nodes on a fake broker, and on a real one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import type { House, TestPeer } from './house.js';

/** Three nodes that are one relay; a relay that is alone is all three. */
export interface World {
  readonly nodes: readonly [House, House, House];
  /** Resolves when `isSo` is true; fails when that takes too long. */
  until(isSo: () => boolean, what: string): Promise<void>;
  /** Resolves to what `promise` does, while time passes. */
  during<T>(promise: Promise<T>): Promise<T>;
  /** Lets go of all codes of a node that is about to stop; undefined if that is the whole relay. */
  releaseCodes?(node: House): Promise<void>;
  end(): Promise<void>;
}

export function backboneContract(create: () => Promise<World>): void {
  let world: World;
  beforeEach(async () => {
    world = await create();
  });
  afterEach(() => world.end());

  let codes = 0;
  const code = (): string => `CODE${++codes}`;

  async function host(at: 0 | 1 | 2, serverCode = code()): Promise<TestPeer & { serverCode: string }> {
    const peer = await world.during(world.nodes[at].host(serverCode));
    return Object.assign(peer, { serverCode });
  }

  async function join(at: 0 | 1 | 2, to: { serverCode: string }, id: string): Promise<TestPeer> {
    return world.during(world.nodes[at].player(to.serverCode, id));
  }

  async function expectGot(peer: TestPeer, ...messages: string[]): Promise<void> {
    await world.until(() => peer.got.length >= messages.length, `${messages.length} messages`);
    expect(peer.got).toEqual(messages);
  }

  test('[B1] a code is held once, wherever it is asked for', async () => {
    const first = await host(0);
    expect(first.ending).toBeUndefined();
    for (const at of [0, 1, 2] as const) expect((await host(at, first.serverCode)).ending).toBe('code-taken');
    const wanted = code();
    const rivals = await Promise.all([host(0, wanted), host(1, wanted), host(2, wanted), host(1, wanted)]);
    expect(rivals.map(({ ending }) => ending).filter((ending) => ending === undefined)).toHaveLength(1);
    const player = await join(2, first, '1');
    first.say('still here');
    await expectGot(player, 'still here');
  });

  test('[B2] messages go both ways, to all and to one, and the host gets a notice of each player that comes or goes', async () => {
    const big = await host(0);
    const [a, b, c] = [await join(0, big, 'a'), await join(1, big, 'b'), await join(1, big, 'c')];
    big.say('all');
    big.say('{"receiver_id":"c"}');
    big.say('more');
    b.say('{"n":1}');
    await expectGot(a, 'all', 'more');
    await expectGot(b, 'all', 'more');
    await expectGot(c, 'all', '{"receiver_id":"c"}', 'more');
    await world.until(() => big.got.length === 4, 'the message of a player');
    b.leave();
    const notices = ['a', 'b', 'c'].map(connectNotice);
    await expectGot(big, ...notices, '{"n":1,"client_id":"b"}', disconnectNotice('b'));
  });

  test('[B2] two players who share an id are two', async () => {
    const big = await host(0);
    const twins = [await join(1, big, 'x'), await join(2, big, 'x')] as const;
    big.say('{"receiver_id":"x"}');
    for (const twin of twins) await expectGot(twin, '{"receiver_id":"x"}');
    twins[0].leave();
    await expectGot(big, connectNotice('x'), connectNotice('x'), disconnectNotice('x'));
    big.say('on');
    await expectGot(twins[1], '{"receiver_id":"x"}', 'on');
  });

  test('[B3] a player gets nothing of what was said before it joined', async () => {
    const big = await host(0);
    const first = await join(1, big, '1');
    big.say('before');
    const late = await join(1, big, '2');
    big.say('after');
    await expectGot(first, 'before', 'after');
    await expectGot(late, 'after');
  });

  test('[B9] a player is refused when no host holds the code, or when the room is full', async () => {
    expect((await join(1, { serverCode: 'NOBODY' }, '1')).ending).toBe('no-such-code');
    const big = await host(0);
    for (let i = 0; i < 5; i++) await join((i % 3) as 0 | 1 | 2, big, String(i));
    for (const at of [0, 1, 2] as const) expect((await join(at, big, 'more')).ending).toBe('room-full');
    expect(big.got).toHaveLength(5);
  });

  test('[B10] a thousand messages each way arrive in order, with large ones among them', async () => {
    const big = await host(0);
    const player = await join(1, big, '1');
    const payload = (n: number): string => `{"n":${n},"a":"${n % 400 === 7 ? 'x'.repeat(1_000_000) : ''}"}`;
    for (let n = 0; n < 1_000; n++) {
      big.say(payload(n));
      player.say(payload(n));
    }
    await world.until(() => player.got.length >= 1_000 && big.got.length >= 1_001, 'all messages');
    const isRight = (message: string | undefined, n: number, id: string): boolean =>
      message === `${payload(n).slice(0, -1)}${id}}`;
    for (let n = 0; n < 1_000; n++) {
      expect(isRight(player.got[n], n, '') && isRight(big.got[n + 1], n, ',"client_id":"1"')).toBe(true);
    }
  });

  test('[B11] a host that does not keep up is not sent to, from any node, until it does', async () => {
    const big = await host(0);
    const players = [await join(0, big, '1'), await join(1, big, '2')] as const;
    const other = await host(0);
    const bystander = await join(1, other, '3');
    const { phase } = big.session;
    if (phase.name !== 'host') throw new Error('it hosts nothing');
    phase.room.hold();
    await world.until(() => players.every(({ isHeld }) => isHeld), 'players that are held');
    const late = await join(1, big, '4');
    await world.until(() => late.isHeld, 'a late player that is held');
    expect(bystander.isHeld).toBe(false);
    phase.room.release();
    await world.until(() => ![...players, late].some(({ isHeld }) => isHeld), 'players that are read again');
  });

  test('[B16] a code is open on every node while its host is there, and on none before and afterwards', async () => {
    const wanted = code();
    const isOpen = (): Promise<boolean[]> =>
      world.during(Promise.all(world.nodes.map(({ relay }) => relay.isOpen(wanted))));
    expect(await isOpen()).toEqual([false, false, false]);
    const big = await host(1, wanted);
    expect(await isOpen()).toEqual([true, true, true]);
    for (let i = 0; i < 100; i++) void world.nodes[0].relay.isOpen(wanted);
    big.leave();
    // Its entry is on its way out of the table.
    let said = await isOpen();
    while (said.includes(true)) said = await isOpen();
  });

  test('[B17] an operator ends players and closes rooms from every node, and learns how many they were', async () => {
    const big = await host(0);
    const other = await host(0);
    const twins = [await join(1, big, 'x'), await join(2, big, 'x')];
    const bystander = await join(2, big, 'y');
    const end = (at: 0 | 1 | 2, clientId: string): Promise<number> =>
      world.during(world.nodes[at].order({ kind: 'end-player', serverCode: big.serverCode, clientId }));
    const close = (at: 0 | 1 | 2, serverCode: string): Promise<number> =>
      world.during(world.nodes[at].order({ kind: 'close-room', serverCode }));
    expect([await end(1, 'z'), await end(1, 'x'), await end(2, 'x')]).toEqual([0, 2, 0]);
    for (const twin of twins) {
      await world.until(() => twin.ending === 'closed-by-operator', 'players that were ended');
    }
    expect([await close(2, 'NOBODY'), await close(2, big.serverCode)]).toEqual([0, 1]);
    await world.until(() => bystander.ending === 'host-left', 'the players of a closed room');
    expect([big.ending, other.ending]).toEqual(['closed-by-operator', undefined]);
    const notices = [...['x', 'x', 'y'].map(connectNotice), ...['x', 'x'].map(disconnectNotice)];
    expect(big.got).toEqual(notices);
  });

  test('[B13] when a host leaves, its players are disconnected and its code is free everywhere', async () => {
    const big = await host(0);
    const players = [await join(0, big, '1'), await join(1, big, '2'), await join(2, big, '3')];
    big.say('last words');
    big.leave();
    for (const player of players) {
      await world.until(() => player.ending === 'host-left', 'players without a host');
      expect(player.got).toEqual(['last words']);
    }
    const next = await host(2, big.serverCode);
    expect(next.ending).toBeUndefined();
    await join(0, next, '1');
    await expectGot(next, connectNotice('1'));
  });

  test('[B13] a node that is about to stop lets go of its codes first', async () => {
    const big = await host(0);
    if (world.releaseCodes === undefined) return;
    await world.during(world.releaseCodes(world.nodes[0]));
    expect((await host(1, big.serverCode)).ending).toBeUndefined();
    expect((await host(0)).ending).toBe('draining');
  });
}

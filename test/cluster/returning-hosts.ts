// What chapter R keeps for hosts on many nodes: the same tests on a fake broker and on a real one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostAsked } from '../../src/relay/seats/host-seats.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { Party, away, hostBack } from './party.js';
import type { World } from './contract.js';

/** @param create makes a world with these options of `returning.ts`. */
export function returningHostsContract(create: () => Promise<World>): void {
  let world: World;
  let parties = 0;
  beforeEach(async () => {
    world = await create();
  });
  afterEach(() => world.end());

  /** A host on the first node. */
  async function party(asked?: HostAsked): Promise<Party> {
    return Party.open(world, `HOSTS${++parties}`, asked);
  }

  const staying: HostAsked = { key: 'the host', grace: 20, hold: 60 };

  test('[R29] players on other nodes wait for their host, and learn that it is away and that it is back', async () => {
    const { host, ...at } = await party(staying);
    const [phone, plain] = [await at.join(1, 'a'), await at.joinPlainly(1, 'p')];
    host.lose();
    await at.got(phone, '{"$relay":"away"}');
    await world.until(() => phone.isHeld && plain.isHeld, 'players that wait');
    const late = await at.join(1, 'b');
    expect(late.welcome['host']).toBe('away');
    await world.until(() => late.isHeld, 'a late player that waits');
    phone.lose();
    await at.settled(1);
    const again = await at.join(1, 'a', { stream: phone.stream, got: 1 });
    expect([again.welcome['host'], again.isHeld]).toEqual(['away', true]);
    const same = await at.hostAgain(0, { ...staying, stream: host.stream, got: 2 });
    await at.got(again, hostBack(true));
    await at.got(late, hostBack(true));
    await world.until(
      () => ![again, plain, late].some(({ isHeld }) => isHeld),
      'players that are read again',
    );
    expect(same.welcome['resumed']).toBe(true);
    again.lose();
    const last = await at.join(1, 'a', { stream: phone.stream, got: 2 });
    expect(last.welcome).not.toHaveProperty('host');
    expect(plain.got).toEqual([]);
  });

  test('[R29] what a host that comes back grants is known on other nodes, too', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    host.lose();
    const second = await at.hostAgain(0, { key: 'the host', hold: 60, grace: 7, players: 'keep' });
    await at.got(phone, '{"$relay":"away"}', hostBack(false));
    const other = await at.join(1, 'b');
    expect(other.welcome['grace']).toBe(7);
    second.lose();
    const third = await at.hostAgain(0, { key: 'the host', hold: 60, players: 'keep' });
    await at.got(other, '{"$relay":"away"}', hostBack(false));
    phone.lose();
    await world.until(() => third.got.includes(disconnectNotice('a')), 'a player that is not kept any more');
  });

  test('[R29] a host that comes back on another node gets its code, and its room ends where it was', async () => {
    const { host, code, ...at } = await party(staying);
    const [here, there] = [await at.join(0, 'a'), await at.join(1, 'b')];
    host.vanish();
    const same = await at.hostAgain(1, { ...staying, stream: host.stream, got: 3 });
    expect([same.ending, host.ending, here.ending]).toEqual([undefined, 'taken-over', 'host-left']);
    expect([same.welcome['resumed'], at.returnsAt(1)]).toEqual([false, true]);
    await world.until(() => there.ending === 'host-left', 'the players on other nodes');
    const again = await at.join(0, 'a');
    same.say('hello');
    await at.got(again, 'hello');
    same.lose();
    const other = await at.hostAgain(2, staying);
    expect([other.ending, other.welcome['server_code']]).toEqual([undefined, code]);
    const page = await at.hostAgain(0, staying);
    expect([page.ending, other.ending]).toEqual([undefined, 'replaced']);
  });

  test('[R29] a host with another key, or with none, gets no code from another node and disturbs nobody', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    for (const node of [1, 2] as const) {
      for (const asked of [{ ...staying, key: 'another' }, { hold: 60 }, undefined]) {
        expect((await at.tryHost(node, asked)).ending).toBe('code-taken');
        expect(at.returnsAt(node)).toBe(false);
      }
    }
    host.say('still here');
    await at.got(phone, 'still here');
    await at.hostGot(connectNotice('a'));
  });

  test('[R29] a code that a dead connection holds on another node is free for the next host, and a living host keeps it', async () => {
    const { host, ...at } = await party();
    const phone = await at.joinPlainly(2, 'p');
    expect((await at.tryHost(1)).ending).toBe('code-taken');
    host.say('alive');
    await at.got(phone, 'alive');
    host.vanish();
    const next = await at.tryHost(1);
    expect([next.ending, host.ending]).toEqual([undefined, 'missed-heartbeat']);
    await world.until(() => phone.ending === 'host-left', 'the players of the dead host');
  });

  test('[R29] an operator ends players that are away and closes rooms whose host is away, from every node', async () => {
    const { host, code, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    const other = await at.join(2, 'b');
    phone.lose();
    await at.hostGot(connectNotice('a'), connectNotice('b'), away('a'));
    const [, second, third] = world.nodes;
    const order = { kind: 'end-player', serverCode: code, clientId: 'a' } as const;
    expect(await world.during(third.order(order))).toBe(1);
    await at.hostGot(connectNotice('a'), connectNotice('b'), away('a'), disconnectNotice('a'));
    host.lose();
    await at.got(other, '{"$relay":"away"}');
    expect(await world.during(second.order({ kind: 'close-room', serverCode: code }))).toBe(1);
    await world.until(() => other.ending === 'host-left', 'the players of a closed room');
    expect((await at.tryHost(2)).ending).toBeUndefined();
  });
}

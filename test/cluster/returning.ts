// What chapter R keeps on many nodes: the same tests on a fake broker and on a real one.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostAsked } from '../../src/relay/seats/host-seats.js';
import { connectNotice, disconnectNotice } from '../harness/notices.js';
import { Party, away, back } from './party.js';
import type { World } from './contract.js';

/** The relay looks at a silent host when its code is asked for. */
export const OPTIONS = { probeHost: 5 };

/** @param create makes a world with these {@link OPTIONS}. */
export function returningContract(create: () => Promise<World>): void {
  let world: World;
  let parties = 0;
  beforeEach(async () => {
    world = await create();
  });
  afterEach(() => world.end());

  /** A host on the first node. */
  async function party(asked?: HostAsked): Promise<Party> {
    return Party.open(world, `PARTY${++parties}`, asked);
  }

  const staying: HostAsked = { key: 'the host', grace: 20, hold: 60 };

  test('[R29] a player on another node than its host is welcomed first, and learns what its host grants', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    host.say('hello');
    await at.got(phone, 'hello');
    expect(phone.welcome).toEqual({ stream: phone.stream, resumed: false, got: 0, grace: 20 });
    const plain = await at.joinPlainly(1, 'p');
    host.say('all');
    await at.got(plain, 'all');
  });

  test('[R29] a player that is lost and comes back to its node goes on with its stream, and its host is told both', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    host.say('1');
    phone.say('{"n":1}');
    await at.got(phone, '1');
    phone.lose();
    await at.hostGot(connectNotice('a'), '{"n":1,"client_id":"a"}', away('a'));
    host.say('2');
    host.say('{"receiver_id":"a"}');
    await at.settled(1);
    const again = await at.join(1, 'a', { stream: phone.stream, got: 1 });
    host.say('3');
    await at.got(again, '2', '{"receiver_id":"a"}', '3');
    expect(again.welcome).toMatchObject({ stream: phone.stream, resumed: true, got: 1 });
    await at.hostGot(connectNotice('a'), '{"n":1,"client_id":"a"}', away('a'), back('a', true));
    expect(at.returnsAt(1)).toBe(true);
  });

  test('[R29] a player takes its seat on its node from a connection that nobody knows to be dead, and a plain host notices nothing', async () => {
    const { host, ...at } = await party();
    const phone = await at.join(2, 'a');
    host.say('1');
    await at.got(phone, '1');
    phone.vanish();
    host.say('2');
    await at.settled(2);
    const again = await at.join(2, 'a', { stream: phone.stream, got: 1 });
    again.say('{"n":1}');
    await at.got(again, '2');
    expect([again.welcome['resumed'], phone.ending]).toEqual([true, 'taken-over']);
    await at.hostGot(connectNotice('a'), '{"n":1,"client_id":"a"}');
  });

  test('[R29] a player whose stream does not go on gets nothing of the old one on its node, and its host is told', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    phone.vanish();
    host.say('old');
    await at.settled(1);
    const again = await at.join(1, 'a', { stream: phone.stream, got: 7 });
    await at.hostGot(connectNotice('a'), back('a', false));
    host.say('new');
    await at.got(again, 'new');
    expect(again.welcome).toMatchObject({ resumed: false, got: 0 });
    expect(again.stream).not.toBe(phone.stream);
    await world.until(() => phone.ending === 'taken-over', 'the end of the old connection');
    const page = await at.join(1, 'a');
    await world.until(() => again.ending === 'replaced', 'the end of the first page');
    host.say('newer');
    await at.got(page, 'newer');
  });

  test('[R29] a player that comes back on another node takes its seat as a new stream, and its first connection ends', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(1, 'a');
    host.say('1');
    await at.got(phone, '1');
    phone.lose();
    await at.hostGot(connectNotice('a'), away('a'));
    host.say('old');
    const again = await at.join(2, 'a', { stream: phone.stream, got: 1 });
    await at.hostGot(connectNotice('a'), away('a'), back('a', false));
    host.say('new');
    await at.got(again, 'new');
    expect(again.welcome).toMatchObject({ resumed: false, got: 0, grace: 20 });
    again.vanish();
    const third = await at.join(1, 'a', { stream: again.stream, got: 1 });
    await world.until(() => again.ending === 'taken-over', 'the end of its dead connection');
    const page = await at.join(2, 'a');
    await world.until(() => third.ending === 'replaced', 'the end of another page');
    host.say('{"receiver_id":"a"}');
    await at.got(page, '{"receiver_id":"a"}');
    const backs = [back('a', false), back('a', false), back('a', false)];
    await at.hostGot(connectNotice('a'), away('a'), ...backs);
  });

  test('[R29] a plain host sees a player that comes back on another node go and come', async () => {
    const { host, ...at } = await party();
    await at.join(1, 'a');
    const again = await at.join(2, 'a');
    host.say('1');
    await at.got(again, '1');
    await at.hostGot(connectNotice('a'), disconnectNotice('a'), connectNotice('a'));
  });

  test('[R29] a seat moves from the node of its host to another one, and the other way round', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.join(0, 'a');
    phone.vanish();
    host.say('old');
    const there = await at.join(1, 'a', { stream: phone.stream, got: 0 });
    expect([phone.ending, there.welcome['resumed']]).toEqual(['taken-over', false]);
    host.say('there');
    await at.got(there, 'there');
    there.say('{"n":1}');
    await at.hostGot(connectNotice('a'), back('a', false), '{"n":1,"client_id":"a"}');
    there.vanish();
    const here = await at.join(0, 'a', { stream: there.stream, got: 1 });
    await world.until(() => there.ending === 'taken-over', 'the end of its connection there');
    expect(here.welcome['resumed']).toBe(false);
    host.say('here');
    await at.got(here, 'here');
    here.say('{"n":2}');
    const first = [connectNotice('a'), back('a', false), '{"n":1,"client_id":"a"}'];
    await at.hostGot(...first, back('a', false), '{"n":2,"client_id":"a"}');
  });

  test('[R29] a seat that is away moves, too, and a player without a key takes the one of its id', async () => {
    const { host, ...at } = await party(staying);
    const phone = await at.joinPlainly(1, 'a');
    phone.lose();
    await at.hostGot(connectNotice('a'), away('a'));
    const again = await at.joinPlainly(2, 'a');
    await at.hostGot(connectNotice('a'), away('a'), back('a', false));
    host.say('1');
    await at.got(again, '1');
    again.lose();
    const all = [connectNotice('a'), away('a'), back('a', false), away('a')];
    await at.hostGot(...all);
    const keyed = await at.join(0, 'a');
    await at.hostGot(...all, connectNotice('a'));
    host.say('2');
    await at.got(keyed, '2');
  });

  test('[R29] a seat is given up when the grace of its host is over, on whatever node its player was', async () => {
    const { host, ...at } = await party({ ...staying, grace: 5 });
    const phone = await at.join(1, 'a');
    phone.lose();
    await at.hostGot(connectNotice('a'), away('a'));
    at.pass(4);
    host.say('kept');
    await at.settled(1);
    expect(at.keptBytes(1)).toBeGreaterThan(0);
    at.pass(1);
    await at.hostGot(connectNotice('a'), away('a'), disconnectNotice('a'));
    await at.settled(1);
    expect(at.keptBytes(1)).toBe(0);
    const late = await at.join(1, 'a', { stream: phone.stream, got: 0 });
    expect([late.welcome['resumed'], at.returnsAt(1)]).toEqual([false, false]);
    await at.hostGot(connectNotice('a'), away('a'), disconnectNotice('a'), connectNotice('a'));
  });

  test('[R29] an id is one seat on all nodes, if the host wants it so', async () => {
    const { host, ...at } = await party({ ...staying, unique: true });
    const keyed = await at.join(1, 'a');
    for (const node of [0, 1, 2] as const) {
      expect((await at.joinPlainly(node, 'a')).ending).toBe('id-taken');
      expect((await at.tryJoin(node, 'a', { key: 'another' })).ending).toBe('id-taken');
    }
    const plain = await at.joinPlainly(1, 'b');
    const other = await at.joinPlainly(2, 'b');
    await world.until(() => plain.ending === 'replaced', 'the end of the first');
    host.say('1');
    await at.got(keyed, '1');
    await at.got(other, '1');
    await at.hostGot(connectNotice('a'), connectNotice('b'), back('b', false));
  });
}

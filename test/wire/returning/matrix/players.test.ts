// A player comes back, in each way and whatever has become of its old connection.
import { expect, test } from 'vitest';
import { silently } from '../../../harness/connection.js';
import { connectNotice, disconnectNotice } from '../../../harness/notices.js';
import { loginPlayer, useRelay } from '../../../harness/relay.js';
import { goingOn, keyOf, playerAsking, stayingHost, wordsToHost, wordsToPlayer } from '../staying.js';
import { CELLS, type Old, Returning } from './ways.js';

const relay = useRelay();

const said = (n: number): string => `{"n":${n},"client_id":"467"}`;

/** What a host learns of it, with its own words and without notices as JSON. */
function signs(goesOn: boolean, old: Old, end: string): object[] {
  const back = { $relay: 'back', client_id: '467', resumed: goesOn };
  if (old !== 'closed') return goesOn ? [] : [back];
  if (end === 'leave') return [];
  return [{ $relay: 'away', client_id: '467' }, back];
}

test.each(CELLS)(
  '[R8] a player with a key is itself after a %s, its old connection %s',
  async (_, old, way) => {
    const host = await stayingHost(relay, { grace: 60 });
    const page = await Returning.at(relay, way);
    page.former.send(playerAsking(host.code, '467', { key: keyOf('467') }));
    const welcome = await wordsToPlayer(page.former);
    page.former.send({ n: 1 });
    expect(await host.take(2)).toEqual([connectNotice('467'), said(1)]);
    host.send('a');
    expect(await page.former.next()).toBe('a');

    await page.goAway(old);
    const hasLeft = old === 'closed' && way.end === 'leave';
    if (hasLeft) expect(await host.next()).toBe(disconnectNotice('467'));
    if (old !== 'closed') page.former.send({ n: 2 });
    host.send('b');
    await host.fence();

    const next = await page.comeBack();
    const wishes = way.goesOn ? goingOn(welcome, 1) : {};
    next.send(playerAsking(host.code, '467', { key: keyOf('467'), ...wishes }));
    const again = await wordsToPlayer(next);
    expect(again).toMatchObject({ resumed: way.goesOn, got: way.goesOn ? 1 : 0 });
    // It sends again what the relay has not taken.
    if (way.goesOn) next.send({ n: 2 });
    next.send({ n: 3 });
    host.send('c');

    if (hasLeft) expect(await host.next()).toBe(connectNotice('467'));
    for (const sign of signs(way.goesOn, old, way.end)) expect(await wordsToHost(host)).toEqual(sign);
    expect(await host.take(way.goesOn ? 2 : 1)).toEqual(way.goesOn ? [said(2), said(3)] : [said(3)]);
    expect(await next.take(way.goesOn ? 2 : 1)).toEqual(way.goesOn ? ['b', 'c'] : ['c']);
    if (old === 'closing late') await page.closeLate();
    if (old === 'half open') {
      page.heal();
      const { code, reason } = await page.former.closed();
      expect([code, reason]).toEqual(way.goesOn ? [1006, ''] : [4000, 'replaced']);
    }
    await host.expectNothing();
    await next.expectNothing();
  },
);

test.each(CELLS)(
  '[L6] a plain player is another one after a %s, its old connection %s',
  async (_, old, way) => {
    const host = await relay.host();
    const page = await Returning.at(relay, way);
    page.former.send(loginPlayer(host.code, '467'));
    page.former.send({ n: 1 });
    expect(await host.take(2)).toEqual([connectNotice('467'), said(1)]);

    await page.goAway(old);
    if (old === 'closed') expect(await host.next()).toBe(disconnectNotice('467'));
    else page.former.send({ n: 2 });
    host.send('b');
    await host.fence();

    const next = await page.comeBack();
    next.send(loginPlayer(host.code, '467'));
    next.send({ n: 3 });
    expect(await host.take(2)).toEqual([connectNotice('467'), said(3)]);
    host.send('c');
    expect(await next.next()).toBe('c');
    if (old === 'closing late') {
      await page.closeLate();
      // A reset may overtake what came before it.
      const last = await host.next();
      if (last === said(2)) expect(await host.next()).toBe(disconnectNotice('467'));
      else expect(last).toBe(disconnectNotice('467'));
    }
    if (old === 'half open') {
      page.heal();
      expect(await host.next()).toBe(said(2));
      expect(await page.former.take(2)).toEqual(['b', 'c']);
      await page.former.leave();
      expect(await page.former.closed()).toEqual(silently);
      expect(await host.next()).toBe(disconnectNotice('467'));
    }
    await host.expectNothing();
    await next.expectNothing();
  },
);

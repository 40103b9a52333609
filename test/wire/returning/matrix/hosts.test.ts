// A host comes back, in each way and whatever has become of its old connection.
import { expect, test } from 'vitest';
import type { Connection } from '../../../harness/connection.js';
import { silently } from '../../../harness/connection.js';
import { connectNotice } from '../../../harness/notices.js';
import { loginHost, loginPlayer, useRelay } from '../../../harness/relay.js';
import {
  type StayingPlayer,
  goingOn,
  hostAsking,
  keyOf,
  stayingPlayer,
  wordsToHost,
  wordsToPlayer,
} from '../staying.js';
import { CELLS, type Old, Returning } from './ways.js';

const relay = useRelay();

const said = (n: number): string => `{"n":${n},"client_id":"467"}`;

const WISHES = { grace: 60, hold: 60, players: 'keep' };

/** What a player learns of it. */
function signs(goesOn: boolean, old: Old): object[] {
  const back = { $relay: 'back', resumed: goesOn };
  if (old === 'closed') return [{ $relay: 'away' }, back];
  return goesOn ? [] : [back];
}

/** What the host has missed. */
function missed(goesOn: boolean, old: Old): string[] {
  if (goesOn) return [said(2)];
  // Of a game that knows nothing: what its player said before was for the game before.
  return old === 'closed' ? [connectNotice('467'), said(2)] : [connectNotice('467')];
}

/** A host that leaves ends its room (R28): the code is free, and the player comes again. */
async function beginAgain(next: Connection, code: string, player: StayingPlayer): Promise<void> {
  expect(await player.closed()).toEqual({ code: 4000, reason: 'host-left' });
  const again = await stayingPlayer(relay, { code }, '467');
  again.send({ n: 3 });
  next.send('c');
  expect(await next.take(2)).toEqual([connectNotice('467'), said(3)]);
  expect(await again.next()).toBe('c');
  await next.expectNothing();
}

test.each(CELLS)(
  '[R23] a host with a key has its code after a %s, its old connection %s',
  async (_, old, way) => {
    const code = relay.code();
    const game = await Returning.at(relay, way);
    game.former.send(hostAsking(code, { key: keyOf(code), ...WISHES }));
    const welcome = await wordsToHost(game.former);
    const player = await stayingPlayer(relay, { code }, '467');
    player.send({ n: 1 });
    expect(await game.former.take(2)).toEqual([connectNotice('467'), said(1)]);
    game.former.send('a');
    expect(await player.next()).toBe('a');

    await game.goAway(old);
    const hasLeft = old === 'closed' && way.end === 'leave';
    if (old !== 'closed') game.former.send('b');
    if (!hasLeft) player.send({ n: 2 });
    // A player of a host that is away is not read.
    if (old !== 'closed') await player.fence();

    const next = await game.comeBack();
    const wishes = way.goesOn ? goingOn(welcome, 2) : {};
    next.send(hostAsking(code, { key: keyOf(code), ...WISHES, ...wishes }));
    const again = await wordsToHost(next);
    expect(again).toMatchObject({ server_code: code, resumed: way.goesOn, got: way.goesOn ? 1 : 0 });
    if (hasLeft) return beginAgain(next, code, player);

    if (way.goesOn) next.send('b');
    next.send('c');
    player.send({ n: 3 });
    for (const sign of signs(way.goesOn, old)) expect(await wordsToPlayer(player)).toEqual(sign);
    expect(await player.take(way.goesOn ? 2 : 1)).toEqual(way.goesOn ? ['b', 'c'] : ['c']);
    const due = [...missed(way.goesOn, old), said(3)];
    expect(await next.take(due.length)).toEqual(due);
    if (old === 'closing late') await game.closeLate();
    if (old === 'half open') {
      game.heal();
      const { code: status, reason } = await game.former.closed();
      expect([status, reason]).toEqual(way.goesOn ? [1006, ''] : [4000, 'replaced']);
    }
    await player.expectNothing();
    await next.expectNothing();
  },
);

test.each(CELLS)(
  '[L3] a plain host has its code after a %s as soon as its old connection is not there, which is %s',
  async (_, old, way) => {
    const code = relay.code();
    const game = await Returning.at(relay, way);
    game.former.send(loginHost(code));
    await game.former.loggedIn();
    const player = await relay.connect();
    player.send(loginPlayer(code, '467'));
    expect(await game.former.next()).toBe(connectNotice('467'));

    await game.goAway(old);
    if (old !== 'closed') {
      const refused = await game.comeBack();
      refused.send(loginHost(code));
      expect(await refused.closed()).toEqual(silently);
      await player.expectNothing();
      await game.closeLate();
    }
    expect(await player.closed()).toEqual(silently);
    const next = await game.comeBack();
    next.send(loginHost(code));
    await next.loggedIn();
    const again = await relay.connect();
    again.send(loginPlayer(code, '467'));
    expect(await next.next()).toBe(connectNotice('467'));
    await again.expectNothing();
  },
);

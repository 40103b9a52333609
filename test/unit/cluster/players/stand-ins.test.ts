// The rooms of other nodes by their codes, while a code changes its node.
import { expect, test } from 'vitest';
import type { RemoteRoom } from '../../../../src/cluster/players/remote-room.js';
import { StandIns } from '../../../../src/cluster/players/stand-ins.js';

function roomOf(serverCode: string, ...ids: string[]): RemoteRoom {
  return {
    serverCode,
    playersWith: (id: string) => ids.filter((own) => own === id),
  } as unknown as RemoteRoom;
}

test('[O26] a code that two nodes have for a moment has the players of both, and then of the one that stays', () => {
  const standIns = new StandIns();
  const [former, next, other] = [roomOf('SNEK', 'a'), roomOf('SNEK', 'a', 'b'), roomOf('CARS', 'a')] as const;
  for (const room of [former, next, other]) standIns.add(room);
  const count = (id: string): number => standIns.playersWith('SNEK', id).length;
  expect([count('a'), count('b'), count('c')]).toEqual([2, 1, 0]);
  standIns.delete(former);
  expect([count('a'), count('b')]).toEqual([1, 1]);
  standIns.delete(next);
  expect([count('a'), standIns.playersWith('CARS', 'a').length]).toEqual([0, 1]);
});

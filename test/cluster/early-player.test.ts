// A player who is faster than its host, on the same node: the host has asked for its code and has no answer yet.
import { expect, test } from 'vitest';
import { FakeWorld } from './worlds.js';

test('[B2] a player that asks for a code while its host is getting it on the same node is let in', async () => {
  const world = await FakeWorld.settled();
  const [a] = world.nodes;
  const host = a.host('SNEK');
  const player = a.player('SNEK', '467');
  const [{ ending: hostEnding }, { ending }] = await world.during(Promise.all([host, player]));
  expect([hostEnding, ending]).toEqual([undefined, undefined]);
  await world.end();
});

test('[B2] so is a player whose host comes while the other nodes are asked', async () => {
  const world = await FakeWorld.settled();
  const [a] = world.nodes;
  const player = a.player('SNEK', '467');
  const host = a.host('SNEK');
  const [{ ending }, { ending: hostEnding }] = await world.during(Promise.all([player, host]));
  expect([hostEnding, ending]).toEqual([undefined, undefined]);
  await world.end();
});

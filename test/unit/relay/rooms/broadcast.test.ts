// What a host says to its players during one turn of the event loop.
import { expect, test } from 'vitest';
import { EAGER_FLUSH } from '../../../../src/relay/rooms/broadcast.js';
import { NotingPeer, openRoom, text } from './members.js';

/** A room with two players whose joining is a turn ago. */
function party(): ReturnType<typeof openRoom> & { peers: [NotingPeer, NotingPeer] } {
  const opened = openRoom();
  const peers: [NotingPeer, NotingPeer] = [new NotingPeer(), new NotingPeer()];
  peers.forEach((peer, n) => opened.room.join(String(n), peer));
  opened.turn.end();
  return { ...opened, peers };
}

test('[H1] all players get the same bytes, framed once, when the turn ends', () => {
  const { room, turn, peers } = party();
  room.broadcast.toAll(text('one'));
  room.broadcast.toAll(text('two'));
  for (const { got } of peers) expect(got).toEqual([]);
  turn.end();
  for (const { got } of peers) expect(got).toEqual(['one', 'two']);
  expect(peers[0].frames[0]).toBe(peers[1].frames[0]);
});

test('[H7] a player that also gets a unicast receives all in the order of its host', () => {
  const { room, turn, peers } = party();
  room.broadcast.toAll(text('all 1'));
  room.broadcast.toSome(room.playersWith('0'), text('only you'));
  room.broadcast.toAll(text('all 2'));
  turn.end();
  expect(peers[0].got).toEqual(['all 1', 'only you', 'all 2']);
  expect(peers[1].got).toEqual(['all 1', 'all 2']);
});

test('[H8] a player that joins in the middle of a turn gets what is said from then on', () => {
  const { room, turn, peers } = party();
  room.broadcast.toAll(text('before'));
  const late = new NotingPeer();
  room.join('late', late);
  room.broadcast.toAll(text('behind'));
  turn.end();
  expect(late.got).toEqual(['behind']);
  expect(peers[0].got).toEqual(['before', 'behind']);
  room.broadcast.toAll(text('next turn'));
  turn.end();
  expect(late.got).toEqual(['behind', 'next turn']);
});

test('[H3] players that share an id get a unicast, framed once for all of them', () => {
  const { room, turn } = openRoom();
  const sharing = [new NotingPeer(), new NotingPeer(), new NotingPeer()];
  for (const peer of sharing) room.join('467', peer);
  room.broadcast.toSome(room.playersWith('467'), text('you three'));
  turn.end();
  for (const { got } of sharing) expect(got).toEqual(['you three']);
  expect(new Set(sharing.map(({ frames }) => frames[0])).size).toBe(1);
});

test('[A29] a large broadcast leaves before its turn ends', () => {
  const { room, peers } = party();
  const large = 'x'.repeat(EAGER_FLUSH);
  room.broadcast.toAll(text(large));
  for (const { got } of peers) expect(got).toEqual([large]);
});

test('[H1] a player that left in the same turn is not written to', () => {
  const { room, turn, peers } = party();
  room.broadcast.toAll(text('late'));
  const [player] = room.playersWith('0');
  if (player) room.leave(player, player.peer);
  turn.end();
  expect(peers[0].got).toEqual([]);
  expect(peers[1].got).toEqual(['late']);
});

// Who is in a room, and what its host hears of that.
import { expect, test } from 'vitest';
import { HoldReason } from '../../../../src/relay/rooms/peer.js';
import { connectNotice, disconnectNotice } from '../../../harness/notices.js';
import { NotingPeer, openRoom } from './members.js';

test('[N1] a host hears of each player that joins, and [N3] once of each that leaves', () => {
  const { room, host } = openRoom();
  const player = room.join('467', new NotingPeer());
  room.leave(player, player.peer);
  room.leave(player, player.peer);
  expect(host.got).toEqual([connectNotice('467'), disconnectNotice('467')]);
  expect(room.players.size).toBe(0);
});

test('[L6] players that share an id are found together, until each has left', () => {
  const { room } = openRoom();
  const [first, second] = [room.join('467', new NotingPeer()), room.join('467', new NotingPeer())];
  room.join('468', new NotingPeer());
  expect(room.playersWith('467')).toEqual([first, second]);
  room.leave(first, first.peer);
  expect(room.playersWith('467')).toEqual([second]);
  room.leave(second, second.peer);
  expect(room.playersWith('467')).toEqual([]);
  expect(room.playersWith('468')).toHaveLength(1);
});

test('[A9] while the host does not keep up its players are held, those that join meanwhile too', () => {
  const { room } = openRoom();
  const [early, late] = [new NotingPeer(), new NotingPeer()];
  room.join('1', early);
  room.hold();
  room.join('2', late);
  for (const { holds } of [early, late]) expect([...holds]).toEqual([HoldReason.Host]);
  room.release();
  for (const { holds } of [early, late]) expect(holds.size).toBe(0);
});

test('[O16] an absent receiver is remembered, but not one that is longer than any id', () => {
  const { counts } = openRoom().room;
  counts.missed('467');
  expect(counts).toMatchObject({ absentReceivers: 1, lastAbsentReceiver: '467' });
  counts.missed('x'.repeat(2_000));
  expect(counts).toMatchObject({ absentReceivers: 2, lastAbsentReceiver: '' });
  counts.missed(null);
  expect(counts).toMatchObject({ absentReceivers: 2, receiversNotText: 1 });
});

test('[N2] a peer that leaves late takes nothing with it when another has its place', () => {
  const { room, host } = openRoom();
  const [old, next] = [new NotingPeer(), new NotingPeer()];
  const player = room.join('467', old);
  player.changePeer(next);
  room.leave(player, old);
  expect(room.players.has(player)).toBe(true);
  expect(host.got).toEqual([connectNotice('467')]);
  room.leave(player, next);
  expect(host.got).toEqual([connectNotice('467'), disconnectNotice('467')]);
});

test('[N1] a host that takes the place of another hears of those who come from then on', () => {
  const { room, host } = openRoom();
  const next = new NotingPeer();
  room.changeHost(next);
  room.join('467', new NotingPeer());
  expect(host.got).toEqual([]);
  expect(next.got).toEqual([connectNotice('467')]);
});

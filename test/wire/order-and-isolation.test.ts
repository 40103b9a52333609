// Rules H7 and H9, on the wire: many messages in order, many rooms at once.
import { expect, test } from 'vitest';
import type { Received } from '../harness/connection.js';
import { loginPlayer, useRelay, type Host, type Player } from '../harness/relay.js';

const relay = useRelay();

test('[H7] five thousand mixed messages reach every player in the order in which they were sent', async () => {
  const host = await relay.host();
  const ids = ['a', 'twin', 'twin', '"quotes"', 'back\\slash', '\0\n\x1f', '🚗', 'a'.repeat(1_024)];
  const players: Player[] = [];
  for (const id of ids) players.push(await relay.player(host, id));
  const expected = new Map<Player, string[]>(players.map((player) => [player, []]));
  for (let n = 0; n < 5_000; n++) {
    // 7 and 10 have no common divisor with the number of ids, so that every kind meets every player.
    const id = ids[(n * 7) % ids.length] ?? '';
    const unicast = n % 10 < 6;
    const text = unicast
      ? JSON.stringify({ n, receiver_id: id })
      : JSON.stringify({ n, pad: 'x'.repeat(n % 300) });
    const message = n % 3 === 0 ? Buffer.from(text) : text;
    host.send(message);
    for (const player of players)
      if (!unicast || player.id === id) expected.get(player)?.push(plain(message));
  }
  for (const player of players) {
    const due = expected.get(player) ?? [];
    expect((await player.take(due.length)).map(plain)).toEqual(due);
    await player.expectNothing();
  }
  await host.expectNothing();
});

/** Text and binary messages as strings that differ: comparing 40,000 of them byte by byte takes seconds. */
function plain(message: Received): string {
  return typeof message === 'string' ? `text ${message}` : `binary ${message.toString('latin1')}`;
}

interface Room {
  name: string;
  host: Host;
  players: Player[];
}

const ROOMS = 200;
const ROUNDS = 10;

/** A room whose players have the same ids as those of every other room. */
async function openRoom(name: string): Promise<Room> {
  const host = await relay.host();
  const players: Player[] = [];
  for (const id of ['1', '2']) {
    const connection = await relay.connect();
    connection.send(loginPlayer(host.code, id));
    await host.next();
    players.push(Object.assign(connection, { id }));
  }
  return { name, host, players };
}

/** Plays one room against its own tempo; every message bears the room's name. */
async function play({ name, host, players }: Room): Promise<void> {
  for (let n = 0; n < ROUNDS; n++) {
    host.send(`${name} to all, ${n}`);
    for (const { id } of players) host.send({ receiver_id: id, name, n });
    for (const player of players) player.send({ name, n });
    for (const player of players) {
      expect(await player.take(2)).toEqual([
        `${name} to all, ${n}`,
        JSON.stringify({ receiver_id: player.id, name, n }),
      ]);
    }
    const forwarded = await host.take(players.length);
    expect(forwarded.map(String).sort()).toEqual(
      players.map(({ id }) => JSON.stringify({ name, n, client_id: id })),
    );
  }
}

test('[H9] no message crosses between two hundred rooms that play at the same time', async () => {
  const rooms: Room[] = [];
  // Twenty at a time: the backlog of a listening socket is not what is tested.
  for (let n = 0; n < ROOMS; n += 20) {
    const some = Array.from({ length: 20 }, (_, i) => openRoom(`room ${n + i}`));
    rooms.push(...(await Promise.all(some)));
  }
  await Promise.all(rooms.map(play));
  for (const { host, players } of rooms) for (const peer of [host, ...players]) await peer.expectNothing();
});

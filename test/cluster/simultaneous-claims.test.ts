// Chapter B: hosts on all nodes want one code at the same instant.
import { expect, test } from 'vitest';
import { type Connection, silently } from '../harness/connection.js';
import { connectNotice } from '../harness/notices.js';
import { loginHost, loginPlayer } from '../harness/relay.js';
import { useNodes } from './nodes.js';
import { WatchedParty } from './watched-party.js';

const { nodes } = useNodes(3);
const [a, b, c] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]];

const ROUNDS = 1_000;

/** Rounds at a time, each about its own code. */
const AT_ONCE = 50;

/** Exactly one of them gets the code; the others are disconnected without a word. Returns the one. */
async function race(code: string, rivals: readonly Connection[]): Promise<Connection> {
  for (const rival of rivals) rival.send(loginHost(code));
  const answers = await Promise.allSettled(rivals.map((rival) => rival.loggedIn()));
  const winners = rivals.filter((_, n) => answers[n]?.status === 'fulfilled');
  expect(winners).toHaveLength(1);
  const losers = rivals.filter((rival) => !winners.includes(rival));
  for (const loser of losers) expect(await loser.closed()).toEqual(silently);
  return winners[0]!;
}

/** A login for the code on any node comes to this host. */
async function expectFound(host: Connection, code: string): Promise<void> {
  const players = await Promise.all(nodes.map((node) => node.connect()));
  for (const [n, player] of players.entries()) {
    player.send(loginPlayer(code, String(n)));
    expect(await host.next()).toBe(connectNotice(String(n)));
  }
  for (const player of players) player.dispose();
}

test('[B1] when hosts on all nodes ask for one code at the same instant exactly one gets it, a thousand times, and other parties go on', async () => {
  const others = await WatchedParty.open(a, 'OTHERS');
  await others.join(b, '1');
  await others.join(c, '2');
  for (let from = 0; from < ROUNDS; from += AT_ONCE) {
    // All are connected before anybody asks.
    const rounds = Array.from({ length: AT_ONCE }, () => Promise.all(nodes.map((node) => node.connect())));
    const races = (await Promise.all(rounds)).map((rivals, i) => race(`RACE${from + i}`, rivals));
    const winners = await Promise.all(races);
    await expectFound(winners[0]!, `RACE${from}`);
    for (const winner of winners) winner.dispose();
  }
  // They have played all the time, and have got all that they sent each other.
  await others.finish();
  expect([others.hostClosedAt, ...others.seats.map(({ closedAt }) => closedAt)]).toEqual(
    Array(3).fill(undefined),
  );
});

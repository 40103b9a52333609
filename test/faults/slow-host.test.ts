// Fault 2: a game that is busy and does not read, while a hundred phones send.
import { expect, test } from 'vitest';
import { fixed } from '../harness/fixed.js';
import { clientFrame } from '../harness/frames.js';
import { tell } from '../harness/latencies.js';
import { connectNotice } from '../harness/notices.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { loginPlayer, useRelay, type Host, type Player } from '../harness/relay.js';
import { stamped } from '../harness/stamp.js';

const KIB = 1_024;

const relay = useRelay('--max-host-outbox', `${512 * KIB}`, ...fixed({ pauseOutbox: 64 * KIB }));

/** Lets the relay do whatever it can do without the ones who are stuck. */
async function letItWork(): Promise<void> {
  const bystander = await relay.connect();
  for (let n = 0; n < 100; n++) await bystander.fence();
}

/** What comes to the host: per player, in order, each message once, and nothing else. */
async function expectAll(host: Host, players: Player[], messages: string[]): Promise<void> {
  const came = new Map(players.map(({ id }) => [id, 0]));
  for (let n = 0; n < players.length * messages.length; n++) {
    const message = String(await host.next());
    const id = /"client_id":"([^"]+)"}$/.exec(message)?.[1] ?? '';
    const at = came.get(id) ?? 0;
    if (message !== stamped(messages[at] ?? '', id))
      expect(message.slice(0, 20)).toBe(`message ${at} of ${id}`);
    came.set(id, at + 1);
  }
  expect([...came.values()]).toEqual(players.map(() => messages.length));
  await host.expectNothing();
}

test('[A9] 100 players of a host that does not read are slowed down, memory is bounded, no message is lost', async () => {
  const host = await relay.host();
  const players: Player[] = [];
  for (let n = 0; n < 100; n++) players.push(await relay.player(host, `player ${n}`));
  const memory = new MemoryGauge(relay.program);
  host.stall();
  // 50 MB in all.
  const messages = Array.from({ length: 50 }, (_, n) => JSON.stringify({ n, filler: 'x'.repeat(10_000) }));
  for (const message of messages) {
    for (const player of players) player.send(message);
    memory.look();
  }
  await letItWork();
  tell(`while a host does not read 50 MB of 100 players: memory +${memory.look().toFixed(0)} MiB`);
  expect(memory.look()).toBeLessThan(32);
  host.resume();
  await expectAll(host, players, messages);
  for (const player of players) await player.fence();
  expect(relay.logs.count('slow-reader')).toBe(0);
});

test('[A9] a player that joins a party whose host does not read is slowed down too', async () => {
  const host = await relay.host();
  const first = await relay.player(host, 'first');
  host.stall();
  const messages = Array.from({ length: 800 }, (_, n) => JSON.stringify({ n, filler: 'x'.repeat(10_000) }));
  for (const message of messages) first.send(message);
  await letItWork();
  const memory = new MemoryGauge(relay.program);
  const second = Object.assign(await relay.connect(), { id: 'second' });
  second.send(loginPlayer(host.code, 'second'));
  await letItWork();
  for (const message of messages) second.send(message);
  await letItWork();
  expect(memory.look()).toBeLessThan(16);
  host.resume();
  const seconds = [connectNotice('second'), ...messages.map((message) => stamped(message, 'second'))];
  const firsts = messages.map((message) => stamped(message, 'first'));
  for (const message of await host.take(firsts.length + seconds.length)) {
    const stream = message === firsts[0] ? firsts : seconds;
    if (message !== stream.shift()) expect(String(message).slice(0, 20)).toBe('what is next');
  }
  await host.expectNothing();
});

test('[A9] a host survives players whose ids make their messages a hundred times longer', async () => {
  const host = await relay.host();
  // Stamped with this id a message of 2 bytes becomes one of nearly 800.
  const ids = Array.from({ length: 5 }, (_, n) => '\u0001'.repeat(127) + String(n));
  const players = await Promise.all(ids.map((id) => relay.rawUpgraded(loginPlayer(host.code, id))));
  await host.take(ids.length);
  host.stall();
  const each = 8_000;
  const segment = Buffer.concat(Array.from({ length: each }, () => clientFrame('{}')));
  for (const player of players) player.write(segment);
  await letItWork();
  host.resume();
  const came = new Map(ids.map((id) => [stamped('{}', id), 0]));
  for (let n = 0; n < each * ids.length; n++) {
    const message = String(await host.next());
    came.set(message, (came.get(message) ?? 0) + 1);
  }
  expect([...came.values()]).toEqual(ids.map(() => each));
  await host.expectNothing();
  expect(relay.logs.count('slow-reader', host.code)).toBe(0);
});

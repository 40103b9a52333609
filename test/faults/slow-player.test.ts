// Fault 1: a phone that stops reading while its party goes on.
import { expect, test } from 'vitest';
import { disconnectNotice } from '../harness/notices.js';
import { Latencies, tell } from '../harness/latencies.js';
import { MemoryGauge } from '../harness/process-stats.js';
import { useRelay, type Host, type Player } from '../harness/relay.js';

const KIB = 1_024;

const relay = useRelay(
  ...['--max-player-outbox', `${1_024 * KIB}`, '--stall-timeout', '2'],
  ...['--max-total-outbox', `${512 * 1_024 * KIB}`],
);

const FILLER = 'x'.repeat(50_000);

/** Messages that may be on their way at once: less than an outbox holds. */
const WINDOW = 10;

async function read(
  player: Player,
  word: string,
  n: number,
  begun: number[],
  times: Latencies,
): Promise<void> {
  const message = await player.next();
  times.add(performance.now() - (begun[n] ?? 0));
  if (message !== `${word} ${n} ${FILLER}`) expect(String(message).slice(0, 20)).toBe(`${word} ${n}`);
}

/** The host sends `count` messages of 50 kB, and the players read all of them in order. Returns how late they were. */
async function broadcast(host: Host, players: Player[], word: string, count: number): Promise<Latencies> {
  const times = new Latencies();
  const begun: number[] = [];
  for (let n = 0; n < count + WINDOW; n++) {
    if (n < count) {
      begun[n] = performance.now();
      host.send(`${word} ${n} ${FILLER}`);
    }
    if (n >= WINDOW) {
      await Promise.all(players.map((player) => read(player, word, n - WINDOW, begun, times)));
    }
  }
  return times;
}

async function party(): Promise<[Host, Player[]]> {
  const host = await relay.host();
  const players: Player[] = [];
  for (let n = 0; n < 20; n++) players.push(await relay.player(host, `player ${n}`));
  return [host, players];
}

test('[A8] a player that stops reading is ended, and 19 others get 200 MB in order and in time', async () => {
  const [host, players] = await party();
  await broadcast(host, players, 'warm', 30);
  const undisturbed = await broadcast(host, players, 'quiet', 60);
  const memory = new MemoryGauge(relay.program);
  const [stalled, ...others] = players as [Player, ...Player[]];
  stalled.stall();
  const disturbed = new Latencies();
  const isEnded = (): boolean => relay.logs.count('slow-reader', host.code, stalled.id) > 0;
  // The kernels of both ends may take more than ten parts before anything waits in the relay.
  for (let part = 0; part < 10 || !isEnded(); part++) {
    disturbed.addAll(await broadcast(host, others, `part ${part}`, 20));
    expect(memory.look()).toBeLessThan(64);
  }
  tell(
    `while a player does not read: ${disturbed.beside(undisturbed)}, memory +${memory.look().toFixed(0)} MiB`,
  );
  disturbed.expectNear(undisturbed, 3);
  expect(await host.next()).toBe(disconnectNotice(stalled.id));
  stalled.resume();
  await stalled.closed();
  const got = stalled.inbox.drain().map((message) => String(message).slice(0, 12));
  expect(got.map((text) => Number(/ (\d+) x/.exec(text)?.[1]))).toEqual(got.map((_, n) => n % 20));
  for (const player of others) await player.expectNothing();
});

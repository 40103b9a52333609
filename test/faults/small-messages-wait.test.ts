// Fault 1, in small: what waits for a phone that stopped reading, while other messages leave.
import { expect, test } from 'vitest';
import { MemoryGauge } from '../harness/process-stats.js';
import { useRelay, type Host, type Player } from '../harness/relay.js';

const MIB = 1_024 * 1_024;

const relay = useRelay('--max-player-outbox', `${64 * MIB}`, '--stall-timeout', '0');

/** Messages of 60 kB, in all more than the kernels of both ends take. */
const LARGE = 420;

const ROUNDS = 15_000;

function small(n: number): string {
  return JSON.stringify({ receiver_id: 'stalled', n });
}

/** Messages that pass at once, so that what they took need not stay with what waits. */
async function round(host: Host, players: Player[]): Promise<void> {
  for (const { id } of players) host.send(JSON.stringify({ receiver_id: id, filler: 'x'.repeat(3_900) }));
  for (const player of players) await player.next();
}

test('[A8] small messages in a queue take no more memory than their bytes', async () => {
  const host = await relay.host();
  const [stalled, ...others] = [
    await relay.player(host, 'stalled'),
    await relay.player(host, 'bertha'),
    await relay.player(host, 'carla'),
  ] as const;
  stalled.stall();
  const large = JSON.stringify({ receiver_id: 'stalled', filler: 'x'.repeat(60_000) });
  for (let n = 0; n < LARGE; n++) host.send(large);
  await round(host, others);
  const memory = new MemoryGauge(relay.program);
  for (let n = 0; n < ROUNDS; n++) {
    await round(host, others);
    host.send(small(n));
  }
  await memory.expectKept(24);
  stalled.resume();
  for (let n = 0; n < LARGE; n++) expect((await stalled.next()) === large).toBe(true);
  for (let n = 0; n < ROUNDS; n++) expect(await stalled.next()).toBe(small(n));
});

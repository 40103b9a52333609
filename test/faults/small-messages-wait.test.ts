// Fault 1, in small: what waits for a phone that stopped reading, while other messages leave.
import { test } from 'vitest';
import { MemoryGauge } from '../harness/process-stats.js';
import { useRelay, type Host, type Player } from '../harness/relay.js';

const MIB = 1_024 * 1_024;

const relay = useRelay('--max-player-outbox', `${64 * MIB}`, '--stall-timeout', '0');

const ROUNDS = 15_000;

/** Messages that pass at once, so that what they took need not stay with what waits. */
async function round(host: Host, players: Player[]): Promise<void> {
  for (const { id } of players) host.send(JSON.stringify({ receiver_id: id, filler: 'x'.repeat(3_900) }));
  for (const player of players) await player.next();
}

test('[A8] small messages that wait take no more memory than their bytes', async () => {
  const host = await relay.host();
  const [stalled, ...others] = [
    await relay.player(host, 'stalled'),
    await relay.player(host, 'bertha'),
    await relay.player(host, 'carla'),
  ] as const;
  stalled.stall();
  // More than the kernels of both ends take.
  for (let sent = 0; sent < 24 * MIB; sent += 60_000) {
    host.send(JSON.stringify({ receiver_id: 'stalled', filler: 'x'.repeat(60_000) }));
  }
  await round(host, others);
  const memory = new MemoryGauge(relay.program);
  for (let n = 0; n < ROUNDS; n++) {
    await round(host, others);
    host.send(JSON.stringify({ receiver_id: 'stalled', n }));
  }
  await memory.expectKept(24);
  stalled.dispose();
});

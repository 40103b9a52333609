/** One message through the host and back, on a relay that has nothing else to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dialects } from '../dialect.js';
import { drain } from '../drain.js';
import { Hall } from '../hall.js';
import type { Job, Measurement } from '../job.js';
import { Meter } from '../meter.js';
import type { Stream } from '../stream.js';
import { forwardStreams, unicastStreams } from '../streams.js';

const PAUSE_MS = 1;

/** The latency is that of the round trip: player, relay, host, relay, player. */
export async function measureEcho(job: Job, bytes: number): Promise<Measurement> {
  const hall = await Hall.open(job, dialects[job.dialect], 1, 1);
  const meter = new Meter(job.pid);
  // Only round trips count: the ways there and back are checked, but not measured.
  const ways = new Meter(job.pid);
  let begin = 0;
  let running = true;
  const flow = { bytes, window: 1 };
  const there = forwardStreams(hall, flow, { meter: ways, onDelivery: () => send(back) });
  const back = unicastStreams(hall, flow, { meter: ways, onDelivery: () => finish() });
  const send = ([stream]: Stream[]): void => void (stream?.queue(1) && stream.sender.flush());
  const again = (): void => {
    begin = performance.now();
    send(there);
  };
  const finish = (): void => {
    meter.count(performance.now() - begin);
    if (running) setTimeout(again, PAUSE_MS);
  };
  again();
  await sleep(job.warmupMs);
  const figures = await meter.measure(job.measureMs);
  running = false;
  hall.faults.lost += await drain([...there, ...back], job.silenceMs);
  hall.close();
  return { ...figures, faults: hall.faults };
}

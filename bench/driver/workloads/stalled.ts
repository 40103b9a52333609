/** One player stops reading: what do the others notice? */
import { setTimeout as sleep } from 'node:timers/promises';
import { readNotice, type Hall } from '../hall.js';
import type { Job, Measurement, Traffic } from '../job.js';
import { FIRST_ID } from '../message-shape.js';
import type { Stream } from '../stream.js';
import { startTraffic } from './traffic.js';

/** Until the buffers of the kernel between relay and stalled player are full. */
const FILL_MS = 2000;

/** Measures the latency of everybody with all players well, then that of the others with one stalled. */
export async function measureStalled(job: Job, traffic: Omit<Traffic, 'unicast'>): Promise<Measurement> {
  const { hall, streams, meter, stop } = await startTraffic(job, traffic);
  await sleep(job.warmupMs);
  const well = await meter.measure(job.measureMs);
  const ended = stallOne(hall, streams);
  await sleep(FILL_MS);
  const figures = await meter.measure(job.measureMs);
  await stop();
  hall.close();
  const note = `p99 before ${(well.p99Ms ?? NaN).toFixed(2)} ms; stalled player ${ended() ? 'ended' : 'kept'}`;
  return { ...figures, faults: hall.faults, note };
}

/** The first player of the first room stalls, and may be ended for it; answers whether it was. */
function stallOne(hall: Hall, streams: Stream[]): () => boolean {
  const [room] = hall.rooms;
  const player = room?.players[0];
  if (room === undefined || player === undefined) throw new Error('nobody is there to stall');
  // What it sends is not waited for either: it may be ended at any time.
  const concerned = streams.filter(({ sender }) => sender === room.host || sender === player.connection);
  for (const stream of concerned) stream.dropFirstReceipt();
  let ended = false;
  room.host.handlers.push((bytes, start, end) => {
    const notice = readNotice(hall.dialect, bytes.toString('utf8', start, end));
    ended ||= notice?.action === 'disconnect' && notice.client_id === String(FIRST_ID + player.id);
    return notice !== undefined && ended;
  });
  player.connection.onEnd = () => undefined;
  player.connection.stall();
  return () => ended;
}

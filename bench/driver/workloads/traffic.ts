/** Messages between hosts and players: player to host, host to all, host to one, in any mixture. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dialects } from '../dialect.js';
import { drain } from '../drain.js';
import { driveFor, type Drive } from '../drive.js';
import { Hall } from '../hall.js';
import type { Flow, Job, Measurement, Traffic } from '../job.js';
import { Meter } from '../meter.js';
import type { Stream } from '../stream.js';
import { broadcastStreams, forwardStreams, unicastStreams, type Ledger } from '../streams.js';

type StreamMaker = (hall: Hall, flow: Flow, ledger: Ledger) => Stream[];

/** A hall with traffic going on in it. */
export interface LiveTraffic {
  hall: Hall;
  streams: Stream[];
  meter: Meter;
  /** Sends no more, waits for what is on its way, and enters into the faults what did not come. */
  stop: () => Promise<void>;
}

export async function measureTraffic(job: Job, traffic: Traffic): Promise<Measurement> {
  const live = await startTraffic(job, traffic);
  await sleep(job.warmupMs);
  const figures = await live.meter.measure(job.measureMs);
  await live.stop();
  live.hall.close();
  const checked = live.streams.reduce((sum, stream) => sum + stream.received(), 0);
  return { ...figures, checked, faults: live.hall.faults };
}

export async function startTraffic(job: Job, traffic: Traffic): Promise<LiveTraffic> {
  const hall = await Hall.open(job, dialects[job.dialect], traffic.rooms, traffic.players);
  const meter = new Meter(job.pid);
  const streams: Stream[] = [];
  const drives: Drive[] = [];
  const add = (flow: Flow | undefined, makeStreams: StreamMaker): void => {
    if (flow === undefined) return;
    const own: Stream[] = [];
    const drive = driveFor(flow, own);
    own.push(...makeStreams(hall, flow, { meter, onDelivery: (stream) => drive.delivered(stream) }));
    streams.push(...own);
    drives.push(drive);
  };
  add(traffic.forward, forwardStreams);
  add(traffic.broadcast, broadcastStreams);
  add(traffic.unicast, unicastStreams);
  for (const drive of drives) drive.start();
  const stop = async (): Promise<void> => {
    for (const drive of drives) drive.stop();
    hall.faults.lost += await drain(streams, job.silenceMs);
  };
  return { hall, streams, meter, stop };
}

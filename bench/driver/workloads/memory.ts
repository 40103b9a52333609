/** What connections weigh, and whether their weight goes when they go. */
import { setTimeout as sleep } from 'node:timers/promises';
import { dialects } from '../dialect.js';
import { noFaults } from '../faults.js';
import { Hall } from '../hall.js';
import type { Faults, Job, Measurement } from '../job.js';
import { residentBytesOf, startSpending } from '../process-cost.js';

const PLAYERS = 8;
const ENOUGH = 1.1;
const MIB = 2 ** 20;
const REST_MS = 1000;

/** Resident memory per idle connection, hosts and players alike, and what opening one costs. */
export async function measureIdle(job: Job, connections: number, settleMs: number): Promise<Measurement> {
  const before = await restingBytes(job, settleMs);
  const spent = startSpending(job.pid);
  const hall = await openHall(job, connections);
  const { relay } = spent();
  await sleep(settleMs);
  const after = residentBytesOf(job.pid);
  const count = hall.rooms.length * (PLAYERS + 1);
  hall.close();
  return {
    faults: hall.faults,
    bytesPerConnection: (after - before) / count,
    cpuPerMillion: (relay / count) * 1e6,
    note: `${count} connections`,
  };
}

/** Resident memory when waves of connections have come and gone, against what it was before. */
export async function measureMemoryReturn(
  job: Job,
  { connections, wave, patienceMs }: { connections: number; wave: number; patienceMs: number },
): Promise<Measurement> {
  const before = await restingBytes(job, REST_MS);
  const faults = noFaults();
  const afterWaves: number[] = [];
  for (let gone = 0; gone < connections; gone += wave) {
    const hall = await openHall(job, wave);
    hall.close();
    addFaults(faults, hall.faults);
    await sleep(REST_MS);
    afterWaves.push(residentBytesOf(job.pid));
  }
  const after = await lowestBytes(job.pid, before * ENOUGH, patienceMs);
  const note = `before ${mib(before)}, after each wave ${afterWaves.map(mib).join(' ')}, at rest ${mib(after)} MiB`;
  return { faults, memoryRatio: after / before, note };
}

/** What is resident as soon as it is little enough, or when patience ends: a collector with no work to do dawdles. */
async function lowestBytes(pid: number, enough: number, patienceMs: number): Promise<number> {
  const deadline = performance.now() + patienceMs;
  while (residentBytesOf(pid) > enough && performance.now() < deadline) await sleep(250);
  return residentBytesOf(pid);
}

/** Resident memory after a few have come and gone: what a relay allocates once is not counted. */
async function restingBytes(job: Job, settleMs: number): Promise<number> {
  const hall = await openHall(job, 200);
  hall.close();
  await sleep(settleMs);
  return residentBytesOf(job.pid);
}

function openHall(job: Job, connections: number): Promise<Hall> {
  const rooms = Math.max(1, Math.floor(connections / (PLAYERS + 1)));
  return Hall.open(job, dialects[job.dialect], rooms, PLAYERS);
}

function addFaults(sum: Faults, more: Faults): void {
  for (const name of Object.keys(sum) as (keyof Faults)[]) sum[name] += more[name];
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(0);
}

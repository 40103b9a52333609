/** What a process and its children have cost so far, as Linux tells it in /proc. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface Process {
  name: string;
  parent: number;
  cpuSeconds: number;
}

/** What a relay's nodes are joined by; counted by itself. */
const ENGINE = 'nats-server';

/** Processor seconds, in user and kernel mode, of the whole process tree; in steps of 10 ms. */
export interface Cost {
  relay: number;
  engine: number;
}

function cpuSecondsOf(root: number): Cost {
  const processes = allProcesses();
  const cost: Cost = { relay: 0, engine: 0 };
  for (const pid of treeOf(root, processes)) {
    const { name, cpuSeconds } = processes.get(pid) ?? { name: '', cpuSeconds: 0 };
    cost[name === ENGINE ? 'engine' : 'relay'] += cpuSeconds;
  }
  return cost;
}

/** Seconds, and those of a processor that relay, engine and driver used meanwhile. */
export interface Spent extends Cost {
  seconds: number;
  driver: number;
}

/** What is spent from now on until the answer is called. */
export function startSpending(relayPid: number): () => Spent {
  const before = cpuSecondsOf(relayPid);
  const driverBefore = process.cpuUsage();
  const begin = performance.now();
  return () => {
    const seconds = (performance.now() - begin) / 1000;
    const driver = process.cpuUsage(driverBefore);
    const after = cpuSecondsOf(relayPid);
    return {
      seconds,
      relay: after.relay - before.relay,
      engine: after.engine - before.engine,
      driver: (driver.user + driver.system) / 1e6,
    };
  };
}

/** Resident memory of the whole process tree. */
export function residentBytesOf(root: number): number {
  const kilobytes = treeOf(root, allProcesses()).map((pid) => {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, kb) => sum + kb * 1024, 0);
}

function treeOf(root: number, processes: Map<number, Process>): number[] {
  const tree = [root];
  // Grows while it is walked: children are found behind their parents.
  for (const pid of tree) for (const [child, { parent }] of processes) if (parent === pid) tree.push(child);
  return tree;
}

function allProcesses(): Map<number, Process> {
  const processes = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readText(`/proc/${name}/stat`);
    // The name of the program stands in parentheses and may hold spaces; what follows does not.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const cpuSeconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    const called = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    if (fields.length > 12)
      processes.set(Number(name), { name: called, parent: Number(fields[1]), cpuSeconds });
  }
  return processes;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process has ended in between.
    return '';
  }
}

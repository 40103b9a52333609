/** What a process and its children have cost so far, as Linux tells it in /proc. */
import { readdirSync, readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

interface Process {
  parent: number;
  cpuSeconds: number;
}

/** Processor seconds, in user and kernel mode, of the whole process tree; in steps of 10 ms. */
export function cpuSecondsOf(root: number): number {
  const processes = allProcesses();
  return treeOf(root, processes).reduce((sum, pid) => sum + (processes.get(pid)?.cpuSeconds ?? 0), 0);
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
    if (fields.length > 12) processes.set(Number(name), { parent: Number(fields[1]), cpuSeconds });
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

// What the system says about the relay's process, seen from outside (Linux).
import { readdirSync, readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import type { Program } from './program.js';

/** The process id of a program that logs in JSON: each of its lines names it. */
export function pidOf({ logs }: Program): number {
  const { pid } = JSON.parse(logs.lines[0]?.raw ?? '{}') as { pid?: number };
  if (pid === undefined) throw new Error('the program has not logged a line in JSON');
  return pid;
}

/** Resident memory in MiB. */
export function memoryOf(program: Program): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pidOf(program)}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** How many files it has open, its sockets among them. */
export function openFilesOf(program: Program): number {
  return readdirSync(`/proc/${pidOf(program)}/fd`).length;
}

/** Seconds of CPU that it has used. */
export function cpuOf(program: Program): number {
  const fields =
    readFileSync(`/proc/${pidOf(program)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Watches the memory of a process from now on. */
export class MemoryGauge {
  private readonly before: number;
  private most: number;

  constructor(private readonly program: Program) {
    this.before = this.most = memoryOf(program);
  }

  /** By how many MiB the memory has grown since the beginning at most, as far as it was looked at. */
  look(): number {
    this.most = Math.max(this.most, memoryOf(this.program));
    return this.most - this.before;
  }

  /**
   * Expects that it keeps less than that many MiB when it has nothing to do. Garbage is not a leak: a busy process lets
   * twice its heap pile up before it collects that, an idle one gives it back.
   */
  async expectKept(limit: number): Promise<void> {
    await vi.waitFor(() => expect(memoryOf(this.program) - this.before).toBeLessThan(limit), 60_000);
  }
}

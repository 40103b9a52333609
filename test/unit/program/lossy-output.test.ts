// Log lines and a reader that may be slow, gone or back.
import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LossyOutput } from '../../../src/program/lossy-output.js';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;

/** A full pipe is tried again every 50 ms, and takes 64 KiB at a time. */
const PATIENCE = { timeout: 20_000 };

let folder: string;
let pipe: string;
let reader: number | undefined;
let writer: number;
let output: LossyOutput;

// A named pipe: its reader can leave and another can come, as when a log collector is restarted.
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'relay-log-'));
  pipe = join(folder, 'log');
  execFileSync('mkfifo', [pipe]);
  read();
  writer = openSync(pipe, O_WRONLY | O_NONBLOCK);
  output = new LossyOutput(writer, (dropped) => `${dropped} lines were dropped\n`);
});

afterEach(() => {
  leave();
  closeSync(writer);
  rmSync(folder, { recursive: true });
});

/** A reader comes. */
function read(): void {
  reader = openSync(pipe, O_RDONLY | O_NONBLOCK);
}

/** The reader leaves. */
function leave(): void {
  if (reader !== undefined) closeSync(reader);
  reader = undefined;
}

/** All that is in the pipe now. */
function taken(): string {
  const chunk = Buffer.alloc(1_048_576);
  try {
    return chunk.toString('utf8', 0, readSync(reader ?? -1, chunk));
  } catch {
    return '';
  }
}

/** Everything that was written has left or was dropped. */
async function settled(): Promise<void> {
  await vi.waitFor(() => expect(output.writableLength).toBe(0), PATIENCE);
}

test('[A27] lines leave in order', async () => {
  for (let n = 0; n < 100; n++) output.write(`line ${n}\n`);
  await settled();
  expect(taken()).toBe(Array.from({ length: 100 }, (_, n) => `line ${n}\n`).join(''));
});

test('[A27] a reader that stalls gets up to a megabyte later, and the rest is dropped and counted', async () => {
  const line = `${'x'.repeat(999)}\n`;
  for (let n = 0; n < 2_000; n++) output.write(line);
  let all = '';
  await vi.waitFor(() => {
    all += taken();
    expect(output.writableLength).toBe(0);
  }, PATIENCE);
  output.write('back again\n');
  await settled();
  all += taken();
  const lines = all.split('\n').slice(0, -1);
  const arrived = lines.filter((text) => text.length === 999).length;
  const told = lines.map((text) => Number(/^(\d+) lines were dropped$/.exec(text)?.[1] ?? 0));
  expect(arrived).toBeGreaterThan(1_000);
  expect(told.reduce((sum, count) => sum + count)).toBe(2_000 - arrived);
  expect(lines.at(-1)).toBe('back again');
});

test('[A27] lines without a reader are counted, and the next reader learns how many', async () => {
  output.write('first\n');
  await settled();
  expect(taken()).toBe('first\n');
  leave();
  for (let n = 0; n < 10; n++) {
    output.write(`lost ${n}\n`);
    await settled();
  }
  read();
  output.write('second\n');
  await settled();
  expect(taken()).toBe('10 lines were dropped\nsecond\n');
  output.write('third\n');
  await settled();
  expect(taken()).toBe('third\n');
});

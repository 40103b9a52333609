// Fault 10: what becomes of a relay whose log cannot be written.
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { PATIENCE } from '../harness/deadline.js';
import { useOddRelays } from '../harness/odd-relay.js';

const start = useOddRelays();

/** Each complaint is a line of nearly three kilobytes: more than the system and the relay keep for a reader. */
const MANY = 700;

test.each([
  ['is closed', '>&- 2>&-'],
  ['is a disk without room', '>/dev/full 2>/dev/full'],
])('[A27] a relay whose output %s goes on and stops cleanly', async (_, suffix) => {
  const relay = await start([], { suffix });
  await relay.complain(50);
  await relay.party();
  expect(await relay.stop()).toBe(0);
});

test('[A27] a relay whose log reader has exited goes on, and stops cleanly', async () => {
  const relay = await start([]);
  relay.stdout.destroy();
  await relay.complain(50);
  await relay.party();
  expect(await relay.stop()).toBe(0);
});

test('[A27] a relay whose log reader stalls goes on, drops lines, and reports how many', async () => {
  const relay = await start([]);
  await relay.complain(MANY);
  await relay.party();
  const lines: { message: string; dropped?: number }[] = [];
  const reader = createInterface({ input: relay.stdout });
  reader.on('line', (line) => lines.push(JSON.parse(line) as (typeof lines)[0]));
  // The reader is back: the log goes on with the relay's own count, and then with what happens now.
  const goesOn = async (): Promise<void> => {
    await relay.party();
    expect(lines.some(({ dropped }) => dropped !== undefined)).toBe(true);
  };
  await vi.waitFor(goesOn, { timeout: PATIENCE, interval: 500 });
  expect(await relay.stop()).toBe(0);
  const dropped = lines.reduce((sum, line) => sum + (line.dropped ?? 0), 0);
  const complaints = lines.filter(({ message }) => message.includes('no-such-code')).length;
  expect(complaints).toBeGreaterThan(250);
  expect(complaints).toBeLessThan(MANY);
  // Among the dropped ones may be those of the first party.
  expect(complaints + dropped).toBeGreaterThanOrEqual(MANY);
  expect(complaints + dropped).toBeLessThan(MANY + 10);
});

test('[A27] a relay whose output has no reader stops cleanly', async () => {
  const relay = await start([]);
  await relay.complain(300);
  expect(await relay.stop()).toBe(0);
});

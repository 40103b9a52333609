/** The benchmark's verdict on relays that do what a relay must not: it must not be one of success. */
import { expect, test } from 'vitest';
import type { Faults, Job } from '../../../bench/driver/job.js';
import { runJob } from '../../../bench/driver/run-job.js';
import { isSound } from '../../../bench/summary.js';
import { startTamperingRelay, type Tamper } from './tampering-relay.js';

async function judge(tamper: Tamper): Promise<{ sound: boolean; faults: Faults; checked: number }> {
  const relay = await startTamperingRelay(tamper);
  const job: Job = {
    ports: [relay.port],
    placement: 'local',
    pid: process.pid,
    dialect: 'carparty',
    warmupMs: 10,
    measureMs: 40,
    silenceMs: 1000,
    workload: { kind: 'traffic', rooms: 2, players: 2, forward: { bytes: 64, window: 8 } },
  };
  try {
    const measurement = await runJob(job);
    const sound = isSound({ workload: 'fanin', relay: 'tampering', round: 0, measurement });
    return { sound, faults: measurement.faults, checked: measurement.checked ?? 0 };
  } finally {
    relay.close();
  }
}

const none = { bytes: 0, order: 0, address: 0, lost: 0, closed: 0 };

test.concurrent(
  'a relay that passes on every message is sound, whether it stamps at the end or at the front',
  async () => {
    const behind = await judge((stamped) => [stamped]);
    const inFront = await judge((stamped) => [stamped.replace(/^\{(.*),("client_id":"\d+")\}$/, '{$2,$1}')]);
    for (const verdict of [behind, inFront]) {
      expect(verdict).toMatchObject({ sound: true, faults: none });
      expect(verdict.checked).toBeGreaterThanOrEqual(4 * 8);
    }
  },
);

test.concurrent('a relay that drops a message is not sound', async () => {
  const { sound, faults } = await judge((stamped, count) => (count === 3 ? [] : [stamped]));
  expect(sound).toBe(false);
  expect(faults).toMatchObject({ bytes: 0, order: 4, lost: 4 });
});

test.concurrent('a relay that swaps two messages is not sound', async () => {
  const held = new Map<string, string>();
  const { sound, faults } = await judge((stamped, count) => {
    const clientId = stamped.slice(-11);
    if (count === 3) held.set(clientId, stamped);
    return count === 3 ? [] : count === 4 ? [stamped, held.get(clientId) ?? ''] : [stamped];
  });
  expect(sound).toBe(false);
  expect(faults.order).toBeGreaterThan(0);
  expect(faults).toMatchObject({ bytes: 0, lost: 0 });
});

test.concurrent('a relay that sends a message twice is not sound', async () => {
  const { sound, faults } = await judge((stamped, count) => (count === 3 ? [stamped, stamped] : [stamped]));
  expect(sound).toBe(false);
  expect(faults).toEqual({ ...none, order: 4 });
});

test.concurrent('a relay that changes one byte is not sound', async () => {
  const { sound, faults } = await judge((stamped, count) => [
    count === 3 ? stamped.replace('"move"', '"mOve"') : stamped,
  ]);
  expect(sound).toBe(false);
  expect(faults).toMatchObject({ bytes: 4, lost: 4 });
});

test.concurrent('a relay that names another player is not sound', async () => {
  const { sound, faults } = await judge((stamped, count) => [
    count === 3 ? stamped.replace(/"client_id":"\d+"/, '"client_id":"100000999"') : stamped,
  ]);
  expect(sound).toBe(false);
  expect(faults).toMatchObject({ address: 4, lost: 4 });
});

test.concurrent('a relay that does not pass on the stamp is not sound', async () => {
  const { sound } = await judge((stamped) => [stamped.replace(/,"client_id":"\d+"/, '')]);
  expect(sound).toBe(false);
});

/** Workloads that measure logins: a reconnect storm, the first ones of a process, and those of an idle relay. */
import { expect, test } from 'vitest';
import type { Job, Measurement, Workload } from '../../../bench/driver/job.js';
import { runJob } from '../../../bench/driver/run-job.js';
import { isSound } from '../../../bench/summary.js';
import { startTamperingRelay, type Tamper } from './tampering-relay.js';

interface Run {
  measurement: Measurement;
  sound: boolean;
  /** Those that the relay has let in. */
  players: number;
}

const passOn: Tamper = (stamped) => [stamped];

async function run(workload: Workload, tamper = passOn): Promise<Run> {
  const relay = await startTamperingRelay(tamper);
  const job: Job = {
    ports: [relay.port],
    placement: 'local',
    pid: process.pid,
    dialect: 'carparty',
    warmupMs: 10,
    measureMs: 100,
    silenceMs: 1000,
    workload,
  };
  try {
    const measurement = await runJob(job);
    const sound = isSound({ workload: workload.kind, relay: 'tampering', round: 0, measurement });
    return { measurement, sound, players: relay.players() };
  } finally {
    relay.close();
  }
}

const storm: Workload = {
  kind: 'storm',
  rooms: 5,
  players: 4,
  withinMs: 100,
  forward: { bytes: 64, perSecond: 50 },
};

test.concurrent('in a storm all phones get in, also those that come before their host', async () => {
  const { measurement, sound, players } = await run(storm);
  const { inAfterMs = [], lastInMs = 0 } = measurement;
  expect({ sound, players }).toEqual({ sound: true, players: 20 });
  expect(measurement.refusals).toBeGreaterThan(0);
  expect(inAfterMs[0]).toBe(0);
  expect(inAfterMs).toEqual(inAfterMs.toSorted((one, other) => one - other));
  expect(inAfterMs.at(-1)).toBe(Math.round(lastInMs));
  // A phone that did not answer when the relay closes would wait half a minute for its refusal.
  expect(lastInMs).toBeLessThan(20_000);
  for (const figure of [measurement.messages, measurement.p99Ms, measurement.p99AfterMs]) {
    expect(figure).toBeGreaterThan(0);
  }
});

test.concurrent('a relay that drops a message in a storm is not sound', async () => {
  const { measurement, sound } = await run(storm, (stamped, count) => (count === 2 ? [] : [stamped]));
  expect(sound).toBe(false);
  expect(measurement.faults).toMatchObject({ bytes: 0, order: 20, lost: 20 });
});

test.concurrent('a relay that announces a player twice, or as gone, in a storm is not sound', async () => {
  for (const action of ['connect', 'disconnect']) {
    const { measurement, sound } = await run(storm, (stamped, count) => {
      const stamp = /"client_id":"\d+"/.exec(stamped)?.[0] ?? '';
      return count === 2 ? [stamped, `{"action":"${action}",${stamp}}`] : [stamped];
    });
    expect(sound).toBe(false);
    expect(measurement.faults).toMatchObject({ bytes: 0, order: 20, lost: 0 });
  }
});

test.concurrent(
  'the first logins of a process are measured without others before or behind them',
  async () => {
    const { measurement, sound, players } = await run({ kind: 'cold', rooms: 2, parallel: 4, logins: 30 });
    expect({ sound, players, logins: measurement.messages }).toEqual({
      sound: true,
      players: 30,
      logins: 30,
    });
    expect(measurement.cpuPerMillion).toEqual(expect.any(Number));
  },
);

test.concurrent('an idle relay is asked what a connection weighs and what it costs to open one', async () => {
  const { measurement, sound } = await run({ kind: 'idle', connections: 450, settleMs: 10 });
  expect({ sound, note: measurement.note }).toEqual({ sound: true, note: '450 connections' });
  expect(measurement.bytesPerConnection).toEqual(expect.any(Number));
  expect(measurement.cpuPerMillion).toBeGreaterThan(0);
});

/** From measurements to a table: medians of ratios within rounds, and NOT OK where anything was wrong. */
import { expect, test } from 'vitest';
import { noFaults } from '../../../bench/driver/faults.js';
import { Histogram } from '../../../bench/driver/histogram.js';
import { drawLatency } from '../../../bench/plot/latency.js';
import { drawRatios } from '../../../bench/plot/ratios.js';
import { withFigures } from '../../../bench/plot/plot.js';
import { drawStorm } from '../../../bench/plot/storm.js';
import type { Report, Row, Sample } from '../../../bench/results.js';
import { median, summarize } from '../../../bench/summary.js';
import { formatScaling, formatTable } from '../../../bench/table.js';
import { findWorkloads } from '../../../bench/workloads.js';

function sample(relay: string, round: number, perSecond: number, lost = 0): Sample {
  const measurement = { faults: { ...noFaults(), lost }, perSecond, p50Ms: 1, p99Ms: 2, driverShare: 0.3 };
  return { workload: 'fanin', relay, round, measurement };
}

function rowsOf(samples: Sample[]): Row[] {
  return summarize(samples, findWorkloads(['fanin']), ['base', 'fast'], 'base');
}

test('ratios are computed within a round, and the summary shows their median', () => {
  const rates = [
    [100, 300],
    [1000, 2000],
    [10, 100],
  ];
  const samples = rates.flatMap(([base = 0, fast = 0], round) => [
    sample('base', round, base),
    sample('fast', round, fast),
  ]);
  expect(rowsOf(samples)).toMatchObject([
    { relay: 'base', ratio: 1, value: 100, ok: true },
    { relay: 'fast', ratio: 3, value: 300, ok: true },
  ]);
});

test('a row is NOT OK when one message of one round was lost', () => {
  const rows = rowsOf([
    sample('base', 0, 1),
    sample('fast', 0, 1),
    sample('base', 1, 1),
    sample('fast', 1, 1, 1),
  ]);
  expect(rows.map((row) => row.ok)).toEqual([true, false]);
  expect(formatTable(rows)).toMatch(/fast .* NOT OK lost 1$/m);
});

test('a row is NOT OK when a run failed', () => {
  const failed = { ...sample('fast', 0, 1), measurement: { faults: noFaults() }, error: 'it ended' };
  expect(rowsOf([sample('base', 0, 1), failed])[1]).toMatchObject({
    ok: false,
    value: null,
    notes: ['it ended'],
  });
});

test('a driver that was busy is marked', () => {
  const calm = rowsOf([sample('base', 0, 1)]);
  expect(formatTable(calm)).not.toContain('!');
  expect(formatTable(calm.map((row) => ({ ...row, driverShare: 0.7 })))).toContain('70%!');
});

test('the median of an empty list is undefined', () => {
  expect([median([]), median([undefined, 3]), median([1, 2, 10, 3])]).toEqual([null, 3, 2.5]);
});

test('percentiles are accurate to two percent', () => {
  const latencies = new Histogram();
  for (let ms = 1; ms <= 1000; ms++) latencies.add(ms);
  for (const [share, ms] of [
    [0.5, 500],
    [0.99, 990],
  ] as const) {
    expect(Math.abs((latencies.percentile(share) ?? 0) / ms - 1)).toBeLessThan(0.02);
  }
});

test('the pictures have a bar for each relay except the baseline, and two curves for each', () => {
  const loads = [10, 20].flatMap((rooms) =>
    rowsOf([sample('base', 0, 1), sample('fast', 0, 3)]).map((row) => ({
      ...row,
      workload: `load ${rooms}`,
    })),
  );
  const rows = [...rowsOf([sample('base', 0, 1), sample('fast', 0, 3)]), ...loads];
  const relays = ['base', 'fast'].map((name) => ({ name, command: '' }));
  const report = {
    when: '2026-01-01T00:00:00Z',
    machine: 'a machine',
    baseline: 'base',
    relays,
    rows,
  } as Report;
  // One more in the legend.
  expect(drawRatios(report).match(/<rect /g)).toHaveLength(2);
  expect(drawLatency(report).match(/<path /g)).toHaveLength(4);
});

test('the picture of a storm has one curve for each relay, which ends when the last phone is in', () => {
  const stormOf = (relay: string, round: number, inAfterMs: number[]): Sample => {
    const measurement = { faults: noFaults(), lastInMs: inAfterMs.at(-1) ?? 0, inAfterMs };
    return { workload: 'storm', relay, round, measurement };
  };
  const samples = [
    sample('fast', 0, 1),
    stormOf('base', 0, [0, 1000, 4000]),
    stormOf('fast', 0, [0, 500, 1500]),
    stormOf('fast', 1, [0, 700, 1700]),
  ];
  const relays = ['base', 'fast', 'absent'].map((name) => ({ name, command: '' }));
  const report = { when: '2026-01-01T00:00:00Z', machine: 'a machine', relays, samples } as unknown as Report;
  const picture = drawStorm(report);
  expect(picture.match(/<path /g)).toHaveLength(2);
  expect(picture).toMatch(/>base, 4\.0 s<[^]*>fast, 1\.6 s</);
  expect(picture).not.toContain('absent');
});

test('the picture shows the cost of a single message across room sizes', () => {
  const rows = [10, 20].map((cost, index) => {
    const [row] = rowsOf([sample('base', 0, 1)]);
    return { ...row, workload: `forward ${index + 1}x2`, cpuPerMillion: cost } as Row;
  });
  expect(formatScaling(rows).split('\n')[2]).toMatch(/^forward +base +10\.0 +20\.0$/);
});

test('new figures replace the last ones in a text', () => {
  const rows = rowsOf([sample('base', 0, 1)]);
  const report = { when: '2026-01-01', load: [0, 0], rows } as unknown as Report;
  const text = 'a\n<!-- figures: begin -->\nold\n<!-- figures: end -->\nz\n';
  const once = withFigures(text, report);
  expect(once).toMatch(
    /^a\n<!-- figures: begin -->\n\n```text\n[^]*fanin[^]*```\n\n<!-- figures: end -->\nz\n$/,
  );
  expect(once).not.toContain('old');
  expect(withFigures(once, report)).toBe(once);
  expect(() => withFigures('no marks', report)).toThrow('figures: begin');
});

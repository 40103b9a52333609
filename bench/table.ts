/** Rows as text for a terminal. */
import type { FigureName, Report, Row } from './results.js';

import { textGrid } from './text-grid.js';

/** Above this share of a core the driver may be what is measured. */
export const BUSY = 0.6;

const units: Record<FigureName, string> = {
  perSecond: '/s',
  cpuPerMillion: 'cpu s/M',
  p50Ms: 'ms p50',
  p99Ms: 'ms p99',
  lastInMs: 'ms last in',
  bytesPerConnection: 'B/conn',
  memoryRatio: 'x RSS',
};

const heads = 'workload,relay,figure,ratio,spread,cpu s/M,ratio,p50 ms,p99 ms,relay,driver'.split(',');

/** All tables of a report, and under which circumstances it came about. */
export function formatReport(report: Report): string {
  // The cost of single messages is read across sizes; lines that are not OK are shown with all they have.
  const compared = report.rows.filter((row) => sizeOf(row) === undefined || !row.ok);
  const scaling = report.rows.filter((row) => sizeOf(row) !== undefined);
  const parts = [
    ...(compared.length > 0 ? [formatTable(compared)] : []),
    ...(scaling.length > 0 ? [formatScaling(scaling)] : []),
    formatCircumstances(report),
  ];
  return parts.join('\n\n');
}

export function formatTable(rows: readonly Row[]): string {
  const lines = rows.flatMap((row, index) => {
    const begins = index > 0 && row.workload !== rows[index - 1]?.workload;
    return begins ? [[], cells(row)] : [cells(row)];
  });
  return textGrid(heads, lines, 2);
}

/** Cost of one message at a time: a column for each number of rooms and players, in cpu s/M. */
export function formatScaling(rows: readonly Row[]): string {
  const sizes = [...new Set(rows.map((row) => sizeOf(row)?.size ?? ''))];
  const lines = [...new Set(rows.map((row) => `${sizeOf(row)?.kind} ${row.relay}`))].map((line) => {
    const own = rows.filter((row) => `${sizeOf(row)?.kind} ${row.relay}` === line);
    const costs = sizes.map((size) => own.find((row) => sizeOf(row)?.size === size)?.cpuPerMillion ?? null);
    return [...line.split(' '), ...costs.map(round)];
  });
  return textGrid(['one at a time', 'cpu s/M, rooms x players', ...sizes], lines, 2);
}

function formatCircumstances(report: Report): string {
  const load = report.load.map((average) => average.toFixed(2)).join(' -> ');
  const runs = `${report.rounds} rounds of ${report.measureMs / 1000} s, ${report.tookSeconds} s in all`;
  // The benchmark alone keeps up to two cores busy.
  const busy = Math.max(...report.load) > Math.max(report.cores, 2) + 1;
  return [
    `${report.when.slice(0, 10)}, ${report.mode}, ${runs}; ratios to ${report.baseline}`,
    `${report.machine}, node ${report.node}, load ${load}`,
    ...(busy ? ['The machine was busy with other things: trust cpu s/M and its ratios only.'] : []),
  ].join('\n');
}

function sizeOf(row: Row): { kind: string; size: string } | undefined {
  const [, kind, size] = /^(forward|broadcast) (\d+x\d+)$/.exec(row.workload) ?? [];
  return kind === undefined || size === undefined ? undefined : { kind, size };
}

function cells(row: Row): string[] {
  return [
    row.workload,
    row.relay,
    `${round(row.value)} ${units[row.figure]}`,
    round(row.ratio),
    percent(row.spread),
    round(row.cpuPerMillion),
    round(row.cpuRatio),
    round(row.p50Ms),
    round(row.p99Ms),
    percent(row.relayShare),
    percent(row.driverShare) + ((row.driverShare ?? 0) > BUSY ? '!' : ' '),
    [row.ok ? '' : 'NOT OK', row.notes.join('; ')].join(' ').trim(),
  ];
}

function round(value: number | null): string {
  if (value === null) return '-';
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

function percent(value: number | null): string {
  return value === null ? '-' : `${Math.round(value * 100)}%`;
}
